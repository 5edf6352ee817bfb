/// Writes imported grants as an `inject.yaml`.
///
/// Grants for tokens without an environment have one of the policy's environments to themselves: a `deny` says that,
/// and would take from the others.
struct PolicyWriter {
    let repository: String
    let grants: [ImportedGrant]
    let comments: [String]

    var text: String {
        var lines = (["Imported " + comments[0]] + comments.dropFirst()).map { "# " + Self.line($0) }
        lines += ["version: \"1\"", "repository: \(Self.quoted(repository))", "", "environments:"]
        let gated = grants.filter { !$0.lacksEnvironment }
        let ungated = grants.filter(\.lacksEnvironment)
        if !gated.isEmpty || ungated.isEmpty { lines += environment("imported", gated, from: 1) }
        if !ungated.isEmpty {
            lines += environment("imported-without-environment", ungated, from: gated.count + 1) + deny
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var deny: [String] {
        [
            "", "deny:", "  - id: no-environment", "    when: { environment: \"**\" }",
            "    read: \"imported-without-environment/**\"",
        ]
    }

    private func environment(_ name: String, _ grants: [ImportedGrant], from first: Int) -> [String] {
        var lines = ["  \(name):", "    secrets:"]
        lines.append("      REPLACE_ME: { from: \"aws-sm:REPLACE/ME\" }   # the secrets that these jobs read")
        guard !grants.isEmpty else { return lines + ["    grants: []"] }
        lines.append("    grants:")
        for (number, grant) in zip(first..., grants) {
            lines += grant.notes.map { "      # " + Self.line($0) }
            lines.append("      - id: imported-\(number)")
            lines.append("        when:")
            if grant.conditions.isEmpty { lines[lines.count - 1] = "        when: {}" }
            lines += grant.conditions.map { "          \($0.claim): \(Self.list($0.patterns))" }
            lines.append("        read: REPLACE_ME")
        }
        return lines
    }

    private static func list(_ patterns: [String]) -> String {
        patterns.count == 1 ? quoted(patterns[0]) : "[" + patterns.map(quoted).joined(separator: ", ") + "]"
    }

    /// Patterns are printable ASCII without a backslash, so only the quote needs another quote around it.
    private static func quoted(_ text: String) -> String {
        text.contains("\"") ? "'" + text.replacing("'", with: "''") + "'" : "\"\(text)\""
    }

    /// A comment must not end early, whatever a file's name is; U+2028 and U+2029 are line breaks to YAML 1.1.
    private static func line(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator, .format: " "
                    default: scalar
                    }
                }
            )
        )
    }
}
