internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// A07: a role of AWS cannot ask for all that a grant asks for.
package struct CompileWidens: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A07",
        "compile-widens",
        .error,
        summary: "A role of AWS cannot ask for all that a grant asks for.",
        avoid: """
            when: { event_name: push, … }   # in an environment with a role of AWS
            """,
        prefer: """
            aws: { …, allow_widening: [event_name], reason: "…" }
            """,
        why: "AWS sees only some claims; what it does not see, such as the event, keeps nobody out."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.widenings.filter { !$0.isOfStars }.map { found in
            let claims = found.widening.claims.map { "`\($0)`" }.joined(separator: " and ")
            return finding(
                found.widening.claims == ["read"]
                    ? "AWS would let a token of grant `\(found.widening.grant.id)` read `\(found.widening.secret)`, which another grant names"
                    : "AWS does not see \(claims) as grant `\(found.widening.grant.id)` asks for it",
                found.span,
                notes: ["token: \(found.widening.witness.text)"],
                help: "use a broker, or accept it with `allow_widening` and a reason"
            )
        }
    }
}
