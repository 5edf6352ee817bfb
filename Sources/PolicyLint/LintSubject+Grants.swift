internal import Policy
internal import PolicyAnalysis

extension LintSubject {
    /// Whether some token of a job can use a grant of some environments; without an analysis, none is known to.
    func canUse(_ run: JobRun, where isMeant: (PolicyEnvironment) -> Bool) -> Bool {
        guard let policy, let review else { return false }
        let jobs = run.alternatives(on: claims, of: policy)
        return policy.environments.contains { environment in
            isMeant(environment) && jobs.contains { !review.usableGrants(of: environment, by: $0).isEmpty }
        }
    }
}
