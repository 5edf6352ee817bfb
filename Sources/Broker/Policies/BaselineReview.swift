package import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import Synchronization

extension Diagnostic.ID {
    /// A repository's policy is not what the organisation's baseline asserts.
    package static let baselineBroken = Diagnostic.ID("baseline-broken")
}

/// Proves what a baseline asserts, of one policy after the other; what was proved once is not proved again.
final class BaselineReview: Sendable {
    private static let mostProved = 100_000
    private let proved = Mutex<Set<String>>([])

    init() {}

    /// What the policy breaks.
    ///
    /// A limit of the analysis breaks it, too: nothing was proved.
    func findings(about policy: LoadedPolicy, under baseline: PolicyFile) -> [Diagnostic] {
        // The digest is of both.
        guard !baseline.assertions.isEmpty, !proved.withLock({ $0.contains(policy.digest) }) else { return [] }
        var findings: [Diagnostic] = []
        do throws(AnalysisError) {
            let prover = try PolicyProver(policy.file.under(baseline))
            for assertion in baseline.assertions {
                if let finding = Self.finding(try prover.proof(of: assertion), policy) { findings.append(finding) }
            }
        } catch {
            findings = [Self.unknown(error, policy)]
        }
        if findings.isEmpty { note(policy.digest) }
        return findings
    }

    private func note(_ digest: String) {
        proved.withLock { proved in
            if proved.count >= Self.mostProved { proved = [] }
            proved.insert(digest)
        }
    }

    private static func finding(_ proof: Proof, _ policy: LoadedPolicy) -> Diagnostic? {
        guard case .refuted(let exhibit) = proof.outcome else { return nil }
        let head = "the policy of `\(policy.repository)` is not what the baseline's `\(proof.assertion.id)` asserts: "
        let place = Diagnostic.Place.span(proof.assertion.span, label: nil)
        guard let exhibit else {
            return Diagnostic(
                .baselineBroken, head + "no token that fits may read any of the secrets", at: place,
                [.help("widen a grant of that policy, or take the assertion out of the baseline")])
        }
        let (path, grant) = ("\(exhibit.environment)/\(exhibit.secret)", exhibit.grant)
        return Diagnostic(
            .baselineBroken,
            head
                + "a token can read \(path) by grant `\(grant.id)` in line \(grant.span.line) of `\(policy.file.source.name)`",
            at: place,
            [
                .note("token: \(exhibit.witness.text)"),
                .help("narrow the grant; until then the policies before stay in force"),
            ]
        )
    }

    private static func unknown(_ error: AnalysisError, _ policy: LoadedPolicy) -> Diagnostic {
        Diagnostic(
            .baselineBroken,
            "the baseline's assertions cannot be proved of the policy of `\(policy.repository)`: \(error.diagnostic.message)",
            at: .file(policy.file.source.name), [.help("use fewer patterns with `*` on one claim")])
    }
}
