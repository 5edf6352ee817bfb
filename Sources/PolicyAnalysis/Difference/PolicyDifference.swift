package import Policy
import Secrets

/// Who gains and who loses which secret between two policies, whatever the order of their rules.
package struct PolicyDifference: Sendable {
    /// The changes: what protected environments gain first, then other gains, then losses.
    package let changes: [AccessChange]

    /// Compares two policies; without a base, everything is gained.
    package init(from base: PolicyFile?, to head: PolicyFile) throws(AnalysisError) {
        let policies = [base, head].compactMap(\.self)
        do {
            let space = try Space(policies)
            let conditioned = Vocabulary(policies).claims
            let gained = try AccessComparison(from: base, to: head, .gained, space, conditioned).changes()
            let lost = try base.map { base throws(AnalysisError) in
                try AccessComparison(from: head, to: base, .lost, space, conditioned).changes()
            }
            changes = gained.filter(\.isAlarming) + gained.filter { !$0.isAlarming } + (lost ?? [])
        } catch let limit as AnalysisLimit {
            throw .unknown(limit)
        } catch let error as AnalysisError {
            throw error
        } catch {
            throw .unknown(AnalysisLimit(reason: "\(error)"))
        }
    }
}
