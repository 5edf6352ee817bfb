extension FirstPolicyText {
    mutating func addRules() {
        let guarded = policy.environments.map { "\($0.name)/**" }
        if !guarded.isEmpty {
            lines += [
                "", "assert:  # proved for every token that can exist",
                "  - id: \(unusedID("no-pull-request"))",
                "    never: { event_name: [pull_request, pull_request_target] }",
                "    read: \(YAMLText.list(guarded))",
            ]
        }
        let hasLocal = policy.local.map { !$0.secrets.isEmpty } ?? false
        guard !guarded.isEmpty || hasLocal else { return }
        lines += ["", "tests:"]
        if hasLocal, let local = policy.local {
            lines += ["  - token: { event_name: local }", "    allow: \(YAMLText.list(["\(local.name)/**"]))"]
        }
        for environment in policy.environments {
            for grant in environment.grants { addTest(grant, environment) }
        }
        guard !guarded.isEmpty else { return }
        lines += [
            "  - token: { event_name: pull_request, ref: refs/pull/1/merge }", "    deny: \(YAMLText.list(guarded))",
        ]
    }

    private mutating func addTest(_ grant: FirstPolicy.Grant, _ environment: FirstPolicy.Environment) {
        lines.append("  - token:")
        for (claim, values) in conditions(grant, environment) {
            let value = values.first.map { claim.hasSuffix("ref") ? Self.example($0) : $0 } ?? ""
            lines.append("      \(claim): \(YAMLText.scalar(value))")
        }
        lines.append("    allow: \(YAMLText.list(grant.read.map { "\(environment.name)/\($0)" }))")
    }

    mutating func addUndecided() {
        guard !policy.undecided.isEmpty else { return }
        lines += ["", "lint:", "  ignore:"]
        for (rule, question) in policy.undecided {
            lines.append("    \(rule): \(YAMLText.quoted("question: " + Self.comment(question)))")
        }
    }

    private func unusedID(_ id: String) -> String {
        let taken = policy.environments.flatMap { $0.grants.map(\.id) } + [Self.localID]
        return taken.contains(id) ? unusedID(id + "-2") : id
    }

    /// A value that a pattern matches.
    private static func example(_ pattern: String) -> String {
        pattern.replacing("**", with: "1").replacing("*", with: "1")
    }
}
