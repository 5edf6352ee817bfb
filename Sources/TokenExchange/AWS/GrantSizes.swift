import Diagnostics

/// How much of a session's policy each grant takes.
struct GrantSizes {
    private var grants: [(id: String, secrets: Int, characters: Int)] = []

    mutating func add(_ id: String, characters: Int) {
        guard let index = grants.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
            grants.append((id, 1, characters))
            return
        }
        grants[index].secrets += 1
        grants[index].characters += characters
    }

    func diagnostic(total: Int, limit: Int) -> Diagnostic {
        let sorted = grants.sorted { $0.characters > $1.characters }
        let lines = sorted.map { "grant `\($0.id)`: \($0.secrets) secrets, \($0.characters) characters" }
        let largest = sorted.first.map { "`\($0.id)`" } ?? "the grant"
        return Diagnostic(
            .sessionPolicyTooLong,
            "the session's policy has \(total) characters, and AWS takes \(limit)",
            [
                .note(lines.joined(separator: "\n")),
                .help(
                    """
                    split \(largest) into grants for separate jobs, or inject fewer secrets at a time with `--only`;
                    keys of one JSON secret (`aws-sm:NAME#key`) count once
                    """
                ),
            ]
        )
    }
}

extension Diagnostic.ID {
    /// AWS would refuse a session's policy for its length.
    static let sessionPolicyTooLong = Diagnostic.ID("session-policy-too-long")
}
