internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// One test or assertion of a policy, with what became of it.
struct PolicyCheck {
    /// What became of it.
    enum Outcome {
        case passed
        case failed([Diagnostic])
        /// A limit was hit: neither proved nor disproved.
        case unknown(Diagnostic)
    }

    /// `assertion no-pr-reads-prod`, or `test in line 87`.
    let name: String
    let span: SourceSpan
    let outcome: Outcome
    /// The token of a test, or the one that shows a proof's result.
    let token: [(name: String, value: String)]

    var isPassed: Bool {
        guard case .passed = outcome else { return false }
        return true
    }

    var diagnostics: [Diagnostic] {
        switch outcome {
        case .passed: []
        case .failed(let found): found
        case .unknown(let found): [found]
        }
    }

    /// Every test and every assertion of a policy, in the order of the file.
    static func all(of policy: PolicyFile, now: Int64) throws(Diagnostic) -> [PolicyCheck] {
        let index = PolicyIndex(policy)
        let tests = policy.tests.map { check($0, policy, index, now) }
        return try assertions(of: policy) + tests
    }

    // MARK: - Assertions

    private static func assertions(of policy: PolicyFile) throws(Diagnostic) -> [PolicyCheck] {
        guard !policy.assertions.isEmpty else { return [] }
        let prover: PolicyProver
        do {
            prover = try PolicyProver(policy)
        } catch {
            return policy.assertions.map { PolicyCheck($0, .unknown(error.diagnostic.pointing(at: $0))) }
        }
        return try policy.assertions.map { assertion throws(Diagnostic) in try check(assertion, prover) }
    }

    private static func check(_ assertion: PolicyAssertion, _ prover: PolicyProver) throws(Diagnostic) -> PolicyCheck {
        do {
            return check(try prover.proof(of: assertion))
        } catch {
            guard case .unknown = error else { throw error.diagnostic }
            return PolicyCheck(assertion, .unknown(error.diagnostic.pointing(at: assertion)))
        }
    }

    private static func check(_ proof: Proof) -> PolicyCheck {
        switch proof.outcome {
        case .proved(let exhibit):
            return PolicyCheck(proof.assertion, .passed, token: exhibit?.witness.claims ?? [])
        case .refuted(let exhibit):
            let diagnostic = ProofText.refutation(of: proof.assertion, exhibit)
            return PolicyCheck(proof.assertion, .failed([diagnostic]), token: exhibit?.witness.claims ?? [])
        }
    }

    private init(_ assertion: PolicyAssertion, _ outcome: Outcome, token: [(name: String, value: String)] = []) {
        self.init(name: "assertion \(assertion.id)", span: assertion.span, outcome: outcome, token: token)
    }

    private init(name: String, span: SourceSpan, outcome: Outcome, token: [(name: String, value: String)]) {
        self.name = name
        self.span = span
        self.outcome = outcome
        self.token = token
    }

    // MARK: - Tests

    private static func check(
        _ test: PolicyTest, _ policy: PolicyFile, _ index: PolicyIndex, _ now: Int64
    ) -> PolicyCheck {
        let run = TestRun(test, in: policy, by: index, now: now)
        let found = run.failures.map { ProofText.failure($0, of: test, run.claims) }
        return PolicyCheck(
            name: "test in line \(test.span.line)",
            span: test.span,
            outcome: found.isEmpty ? .passed : .failed(found),
            token: run.claims
        )
    }
}

extension Diagnostic {
    fileprivate func pointing(at assertion: PolicyAssertion) -> Diagnostic {
        pointing(at: .span(assertion.span, label: "neither proved nor disproved"))
    }
}
