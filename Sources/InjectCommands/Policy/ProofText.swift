internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// Words for what a policy asserts and tests, and is not so.
enum ProofText {
    /// Why an assertion does not hold.
    static func refutation(of assertion: PolicyAssertion, _ exhibit: Proof.Exhibit?) -> Diagnostic {
        guard let exhibit else {
            return Diagnostic(
                .assertionRefuted,
                "`\(assertion.id)` does not hold: no documented token that fits may read any of the secrets",
                at: .span(assertion.span, label: nil),
                [.help("widen a grant, or narrow the `deny` rule that is in the way")]
            )
        }
        let path = "\(exhibit.environment)/\(exhibit.secret)"
        let line = exhibit.grant.span.line
        var remarks: [Diagnostic.Remark] = [.note("token: \(exhibit.witness.text)")]
        if let row = exhibit.witness.row, row.status != .documented {
            remarks.append(.note("such a token is \(row.status.rawValue): `inject model`, row `\(row.name)`"))
        }
        if exhibit.grant.notBefore != nil || exhibit.grant.expires != nil {
            remarks.append(.note("at \(Timestamp.text(exhibit.witness.at))"))
        }
        return Diagnostic(
            .assertionRefuted,
            "`\(assertion.id)` does not hold: a token can read \(path) by grant `\(exhibit.grant.id)`, line \(line)",
            at: .span(assertion.span, label: nil),
            remarks + [.help(help(assertion))]
        )
    }

    private static func help(_ assertion: PolicyAssertion) -> String {
        switch assertion.kind {
        case .only: "add the assertion's conditions to the grant, or write a `deny` rule for everything else"
        default: "narrow the grant, or write a `deny` rule for such tokens"
        }
    }

    /// Why a test fails.
    static func failure(
        _ failure: TestRun.Failure,
        of test: PolicyTest,
        _ claims: [(name: String, value: String)]
    ) -> Diagnostic {
        let place = Diagnostic.Place.span(test.span, label: nil)
        switch failure {
        case .empty(let glob):
            let help = "write `ENVIRONMENT/SECRET`, or `ENVIRONMENT/**` for all of them"
            return Diagnostic(
                .testFailed, "`\(glob.text)` names no secret, so it tests nothing", at: place, [.help(help)])
        case .decision(let decision, let wanted):
            let path = "\(decision.environment)/\(decision.secret)"
            var remarks = DecisionText.nearestMiss(decision)
            if case .allow(let grant) = decision.outcome {
                remarks = [.note("grant `\(grant.id)`, line \(grant.span.line), allows it")]
            }
            let completed = claims.dropFirst(test.claims.count).filter { claim in
                decision.grants.contains { $0.conditions.contains { $0.condition.claim == claim.name } }
            }
            if !completed.isEmpty {
                let text = completed.map { "\($0.name)=\(DecisionText.text(Array($0.value.utf8)))" }
                remarks.append(.note("completed: \(text.joined(separator: " "))"))
            }
            let message = wanted ? "the token may not read `\(path)`" : "the token may read `\(path)`"
            return Diagnostic(.testFailed, message, at: place, remarks)
        }
    }
}

extension Diagnostic.ID {
    /// An assertion of the policy does not hold.
    static let assertionRefuted = Diagnostic.ID("assertion-refuted")
    /// A test of the policy fails.
    static let testFailed = Diagnostic.ID("test-failed")
}
