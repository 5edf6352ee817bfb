package import Policy
import Secrets

/// Who gains and who loses which secret between two policies, whatever the order of their rules.
package struct PolicyDifference: Sendable {
    /// The changes: what protected environments gain first, then other gains, then losses.
    package let changes: [AccessChange]
    /// The environments that are no longer protected.
    package let unprotected: [PolicyEnvironment]

    /// Compares two policies; without a base, everything is gained.
    ///
    /// Each change says which of the groups it is about. Where their patterns are too many, that alone stays unknown.
    package init(from base: PolicyFile?, to head: PolicyFile, groups: [TokenGroup] = []) throws(AnalysisError) {
        unprotected = head.environments.filter { environment in
            !environment.isProtected && base?.environment(environment.name)?.isProtected ?? false
        }
        let policies = [base, head].compactMap(\.self)
        let claims = Vocabulary(policies).claims
        let asked = groups.map { $0.restricted(to: claims) }
        do {
            let known = try? Space(policies, with: asked.flatMap { $0.alternatives.flatMap(\.self) })
            let space = try known ?? Space(policies)
            let question = AccessComparison.Question(space, conditioned: claims, groups: known == nil ? nil : asked)
            let gained = try AccessComparison(from: base, to: head, .gained, question).changes()
            let lost = try base.map { base throws(AnalysisError) in
                try AccessComparison(from: head, to: base, .lost, question).changes()
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
