internal import Diagnostics
internal import Policy

/// The one edit that would let a token read a secret, where one is enough.
struct SingleEdit {
    /// What to change in the workflow; nil where the workflow cannot help.
    let workflow: String?
    /// What to change in the policy.
    let policy: String

    /// The edit for a decision; nil for what is allowed, and where one edit is not enough.
    init?(for decision: Decision) {
        switch decision.outcome {
        case .allow, .deny(.unknownEnvironment), .deny(.unknownSecret): return nil
        case .deny(.denied(let rule)):
            guard decision.denies.count == 1 else { return nil }
            self.init(workflow: nil, policy: "narrow the deny rule `\(rule.id)`, line \(rule.span.line)")
        case .deny(.noGrant):
            guard let nearest = decision.grants.first, decision.denies.isEmpty else { return nil }
            self.init(nearest)
        }
    }

    private init(workflow: String?, policy: String) {
        self.workflow = workflow
        self.policy = policy
    }

    private init?(_ nearest: GrantEvaluation) {
        guard nearest.misses == 1 else { return nil }
        let grant = "grant `\(nearest.grant.id)`, line \(nearest.grant.span.line)"
        guard let miss = nearest.conditions.first(where: { !$0.holds }) else {
            self.init(workflow: nil, policy: "change `not_before` or `expires` of \(grant)")
            return
        }
        let claim = miss.condition.claim
        let wanted = DecisionText.expected(miss.condition)
        if miss.isImplied {
            self.init(workflow: nil, policy: "change `\(claim)` of the file, or name it in `when` of \(grant)")
            return
        }
        // Without its own condition on one of these, a grant has the file's.
        guard miss.actual != nil || !Self.implied.contains(claim) else { return nil }
        let actual = miss.actual.map { "add `\(DecisionText.text($0))` to" } ?? "remove"
        self.init(workflow: Self.workflow(claim, wanted), policy: "\(actual) `\(claim)` of \(grant)")
    }

    /// The claims that a file can ask for in all grants that do not name them.
    private static let implied: Set<String> = [
        "repository", "repository_id", "repository_owner_id", "project_path", "project_id", "namespace_id",
    ]

    /// What of a workflow a claim comes from.
    private static func workflow(_ claim: String, _ wanted: String) -> String? {
        switch claim {
        case "environment": "give the job `environment:` \(wanted)"
        case "event_name": "run the workflow on \(wanted)"
        case "ref", "ref_type": "run the workflow for `\(claim)` \(wanted)"
        case "workflow_ref", "job_workflow_ref": "run the job from the workflow \(wanted)"
        case "runner_environment": "run the job on a runner that is \(wanted)"
        default: nil
        }
    }
}

extension Decision {
    /// Whether the nearest grant differs in nothing but the job's environment.
    var isEnvironmentMismatch: Bool {
        guard let nearest = grants.first, nearest.timing == .current else { return false }
        let misses = nearest.conditions.filter { !$0.holds }
        return misses.count == 1 && misses[0].condition.claim == "environment"
    }
}
