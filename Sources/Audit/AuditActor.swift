internal import StrictJSON

/// Who did it: claims of a verified token, or the broker's own account.
package struct AuditActor: Sendable {
    /// The claims that are recorded, in the order of the record.
    package static let claims = [
        "iss", "sub", "repository_id", "workflow_ref", "job_workflow_ref", "run_id", "run_attempt", "environment",
        "actor_id",
    ]

    private let values: [(name: String, value: String)]

    /// Keeps of some claims those that are recorded.
    package init(_ value: (String) -> String?) {
        values = Self.claims.compactMap { name in value(name).map { (name, $0) } }
    }

    /// The broker itself, by the account it runs as.
    package static func system(_ account: String) -> AuditActor {
        AuditActor { ["iss": "inject-broker", "sub": account][$0] }
    }

    var json: JSONWriter { .object(values.map { ($0.name, .string($0.value)) }) }
}
