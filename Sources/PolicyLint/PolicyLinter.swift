internal import Diagnostics
internal import Policy

/// Runs rules over a subject and leaves out what was silenced.
package struct PolicyLinter: Sendable {
    private let rules: [any LintRule]
    private let persona: Persona

    /// A linter for a reader; rules for more thorough ones do not run.
    package init(_ rules: [any LintRule] = RuleCatalogue.ofPolicies, persona: Persona = .regular) {
        self.rules = rules.filter { $0.facts.persona <= persona }
        self.persona = persona
    }

    /// What is wrong, in the order of the files.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let settings = subject.policy?.lint.ignored ?? []
        let comments = IgnoreComments(in: [subject.source] + subject.repository.sources)
        return rules.flatMap { $0.findings(in: subject) }
            .filter { finding in
                guard !finding.isRefusal else { return true }
                return !settings.contains { finding.facts.isCalled($0.rule) } && !comments.silence(finding)
            }
            .sorted(by: LintFinding.precedes)
    }
}
