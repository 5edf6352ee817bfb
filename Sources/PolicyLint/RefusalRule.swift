internal import Diagnostics

/// A rule that the policy's reader enforces itself: what it refuses, the rule explains.
package protocol RefusalRule: LintRule {}

extension RefusalRule {
    /// What the reader refused for this rule's reason.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.refusals.filter { facts.reports($0.id) }.map { refusal in
            let diagnostic = Diagnostic(
                refusal.severity,
                refusal.id,
                refusal.message,
                at: refusal.place,
                refusal.remarks + [.rule(facts.code)]
            )
            return LintFinding(facts: facts, diagnostic: diagnostic, fix: nil)
        }
    }
}
