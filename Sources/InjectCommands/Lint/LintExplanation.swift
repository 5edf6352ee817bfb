internal import Diagnostics
internal import PolicyLint

/// Prints what rules want.
enum LintExplanation {
    static func print(_ name: String, to console: Console) throws(Diagnostic) -> ExitStatus {
        if name == "all" {
            console.output(RuleCatalogue.documentation)
            return .success
        }
        guard let rule = RuleCatalogue.rule(called: name) else {
            let names = RuleCatalogue.all.flatMap { [$0.facts.code, $0.facts.id.description] }
            let meant = Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`? " } ?? ""
            throw Diagnostic(
                .usage,
                "there is no rule `\(name)`",
                [.help(meant + "`inject lint --explain all` prints every rule")]
            )
        }
        console.output(rule.facts.section)
        return .success
    }
}
