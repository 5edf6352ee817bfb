import Diagnostics
import Policy
import PolicyAnalysis

/// Two policies, apart by a NUL: proved, compared and compiled without a trap; the evaluator confirms every token.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAnalysis(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let parts = UnsafeBufferPointer(start: start, count: count).split(separator: 0, maxSplits: 1)
    let policies = parts.compactMap { part in
        try? PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(part)))
    }
    guard let first = policies.first, let last = policies.last else { return -1 }
    do throws(AnalysisError) {
        if !first.assertions.isEmpty {
            let prover = try PolicyProver(first)
            for assertion in first.assertions { _ = try prover.proof(of: assertion) }
        }
        _ = try PolicyDifference(from: first, to: last)
        for environment in first.environments where first.issuer == .github {
            _ = try TrustPolicy(for: environment, of: first).widenings()
        }
    } catch {
        // A limit is an answer; a token that the evaluator does not confirm is a defect.
        if case .unconfirmed(let token) = error { preconditionFailure("unconfirmed: \(token)") }
    }
    for test in first.tests { _ = TestRun(test, in: first, now: 0) }
    return 0
}
