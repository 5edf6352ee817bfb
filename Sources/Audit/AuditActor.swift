internal import StrictJSON

/// Who did it: claims of a verified token, or the broker's own account.
package struct AuditActor: Sendable {
    /// The claims that are recorded, in the order of the record.
    package static let claims = [
        "iss", "sub", "repository_id", "workflow_ref", "job_workflow_ref", "run_id", "run_attempt", "environment",
        "actor_id",
    ]

    /// A job can choose some of its claims; a record has to have room for all of them.
    private static let longest = 1024

    private let values: [(name: String, value: String)]

    /// Keeps of some claims those that are recorded; at most 1 KiB of each.
    package init(_ value: (String) -> String?) {
        values = Self.claims.compactMap { name in value(name).map { (name, Self.shortened($0)) } }
    }

    private static func shortened(_ value: String) -> String {
        guard value.utf8.count > longest else { return value }
        return String(decoding: value.utf8.prefix(longest), as: UTF8.self) + "…"
    }

    /// The broker itself, by the account it runs as.
    package static func system(_ account: String) -> AuditActor {
        AuditActor { ["iss": "inject-broker", "sub": account][$0] }
    }

    var json: JSONWriter { .object(values.map { ($0.name, .string($0.value)) }) }
}
