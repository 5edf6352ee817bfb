internal import Diagnostics
internal import OIDC
internal import Policy
internal import Secrets
internal import TokenExchange

/// The checks where a broker has the secrets; it is asked what it would decide, and for no value.
extension Examination {
    /// Checks without a policy file.
    func runWithoutPolicy(_ url: String) -> Int {
        report.skip("policy", "the broker has it: \(url)")
        guard let job = check("token", { try PolicylessJob(policyOptions, tokenOptions, in: surroundings) }),
            let job
        else { return 1 }
        report.pass("token", "for the broker to verify")
        guard isServing(job.broker) else { return 1 }
        guard let decisions = check("grants", { try job.decisions() }) else { return 1 }
        let allowed = decisions.filter(\.isAllowed)
        guard !allowed.isEmpty else {
            report.fail("grants", Diagnostic(.nothingGranted, "the broker lets this job read no secret"))
            return 1
        }
        report.pass("grants", "\(allowed.count) of \(decisions.count) secrets that this job may know of")
        for decision in decisions { tell(decision, decision.path.description, isWanted: false) }
        return 0
    }

    /// Checks the broker of an environment, and what it decides about the secrets that the file here grants.
    func check(_ broker: BrokerAccess, _ access: Access) -> Int {
        guard check("broker", { try access.refuseForeignToken() }) != nil, isServing(broker) else { return 1 }
        let decisions = check("secrets") {
            let paths = try access.environment.paths(of: access.granted.map(\.secret.name))
            guard !paths.isEmpty else { return [BrokerDecision]() }
            return try broker.decisions(about: paths, for: access.identity.credential, until: deadline)
        }
        guard let decisions else { return 1 }
        for decision in decisions { tell(decision, decision.path.name.text, isWanted: true) }
        return decisions.count { !$0.isAllowed }
    }

    private func isServing(_ broker: BrokerAccess) -> Bool {
        guard check("broker", { try broker.check(until: deadline) }) != nil else { return false }
        report.pass("broker", "\(broker.url) is ready")
        return true
    }

    /// Only what a run would ask for is missing where the broker does not grant it.
    private func tell(_ decision: BrokerDecision, _ name: String, isWanted: Bool) {
        if decision.isAllowed { return report.pass(name, "granted by \(decision.grant ?? "the broker")") }
        guard isWanted else { return report.skip(name, "not granted: \(decision.reason)") }
        report.fail(
            name,
            Diagnostic(
                .secretDenied, "the broker does not grant it: \(decision.reason)",
                [.help("compare this file with the default branch's, by which the broker decides")]
            )
        )
    }
}
