package import Diagnostics

/// The analysis gives no answer.
package enum AnalysisError: Error, Sendable {
    /// A limit was hit: the answer is unknown.
    case unknown(AnalysisLimit)
    /// The evaluator does not confirm a token that the analysis found; a defect of ours, and never an answer.
    case unconfirmed(String)

    /// What the user is told.
    package var diagnostic: Diagnostic {
        switch self {
        case .unknown(let limit):
            Diagnostic(
                .analysisUnknown, "the policy cannot be analysed: \(limit.reason)",
                [.note("nothing was proved, and nothing disproved"), .help("use fewer patterns with `*` on one claim")]
            )
        case .unconfirmed(let token):
            Diagnostic(
                .analysisUnconfirmed, "the analysis and the evaluation of the policy disagree",
                [.note("token: \(token)"), .help("this is a defect of inject: report it with the policy")]
            )
        }
    }
}

extension Diagnostic.ID {
    /// The analysis hit a limit.
    package static let analysisUnknown = Diagnostic.ID("analysis-unknown")
    /// The analysis contradicts the evaluation.
    package static let analysisUnconfirmed = Diagnostic.ID("analysis-unconfirmed")
}
