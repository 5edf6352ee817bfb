internal import Diagnostics
internal import OIDC
internal import Policy
internal import Secrets
internal import StrictJSON

/// A decision with its reasons, for people or programs.
enum ExplanationText {
    /// The policy file's decision, and beside it a broker's, which is the one that counts.
    static func rendered(
        _ decision: Decision,
        _ subject: GitHubSubject?,
        _ format: OutputFormat,
        _ broker: BrokerVerdict?
    ) -> String {
        switch format {
        case .text: text(decision, subject, broker)
        case .json: JSONWriter.object(json(decision, subject) + (broker?.members ?? [])).line + "\n"
        }
    }

    // MARK: - Text

    private static func text(_ decision: Decision, _ subject: GitHubSubject?, _ broker: BrokerVerdict?) -> String {
        var text = "\(decision.environment)/\(decision.secret): \(verdict(decision))\n"
        if let broker { text += "  \(broker.text)\n" }
        for evaluation in decision.grants { text += grant(evaluation) }
        for rule in decision.denies where decision.isAllowed == false {
            text += "  deny \(rule.id) (line \(rule.span.line)) holds, and wins over every grant\n"
        }
        if let edit = SingleEdit(for: decision) {
            if let workflow = edit.workflow { text += "  one edit would do, in the workflow: \(workflow)\n" }
            text += "  one edit would do, in the policy: \(edit.policy)\n"
        }
        if let subject {
            text +=
                "  sub is \(subjects(subject).map { "`\(DecisionText.text(Array($0.utf8)))`" }.joined(separator: " or "))\n"
        }
        return text
    }

    private static func verdict(_ decision: Decision) -> String {
        switch decision.outcome {
        case .allow(let grant): "allowed by \(grant.id) (line \(grant.span.line))"
        case .deny(.denied(let rule)): "denied by \(rule.id) (line \(rule.span.line))"
        case .deny(.noGrant): noGrant(decision)
        case .deny(.unknownEnvironment): "denied: the policy has no such environment"
        case .deny(.unknownSecret): "denied: the environment has no such secret"
        }
    }

    private static func noGrant(_ decision: Decision) -> String {
        guard !decision.grants.isEmpty else { return "denied: no grant names it" }
        return decision.isEnvironmentMismatch ? "denied: environment mismatch" : "denied: no grant matches"
    }

    /// What GitHub would call the job, in the two forms it has.
    private static func subjects(_ subject: GitHubSubject) -> [String] {
        [subject.classic, subject.immutable].compactMap(\.self)
    }

    private static func grant(_ evaluation: GrantEvaluation) -> String {
        let state = evaluation.matches ? "matches" : "does not match"
        var text = "  grant \(evaluation.grant.id) (line \(evaluation.grant.span.line)) \(state)\n"
        if evaluation.timing != .current { text += "    no   time: \(evaluation.timing.rawValue)\n" }
        for condition in evaluation.conditions {
            let mark = condition.holds ? "yes" : "no "
            let actual = condition.actual.map { "is `\(DecisionText.text($0))`" } ?? "is absent"
            let wanted = DecisionText.expected(condition.condition)
            let implied = condition.isImplied ? " (implied)" : ""
            text += "    \(mark)  \(condition.condition.claim) \(actual), wanted \(wanted)\(implied)\n"
        }
        return text
    }

    // MARK: - JSON

    private static func json(_ decision: Decision, _ subject: GitHubSubject?) -> [(String, JSONWriter)] {
        let edit = SingleEdit(for: decision)
        var grant: String?
        if case .allow(let allowing) = decision.outcome { grant = allowing.id }
        let grants = decision.grants.map(reasons)
        return [
            ("secret", .string("\(decision.environment)/\(decision.secret)")),
            ("decision", .string(decision.isAllowed ? "allow" : "deny")),
            ("grant", .optional(grant)),
            ("verdict", .string(verdict(decision))),
            ("reasons", .array(grants + decision.denies.map(denial))),
            ("edit_workflow", .optional(edit?.workflow)),
            ("edit_policy", .optional(edit?.policy)),
            ("subjects", .array(subject.map { subjects($0).map(JSONWriter.string) } ?? [])),
        ]
    }

    private static func reasons(_ evaluation: GrantEvaluation) -> JSONWriter {
        .object([
            ("grant", .string(evaluation.grant.id)),
            ("line", .integer(Int64(evaluation.grant.span.line))),
            ("matches", .bool(evaluation.matches)),
            ("time", .string(evaluation.timing.rawValue)),
            ("claims", .array(evaluation.conditions.map(claim))),
        ])
    }

    private static func claim(_ evaluation: ConditionEvaluation) -> JSONWriter {
        .object([
            ("claim", .string(evaluation.condition.claim)),
            ("expected", .array(evaluation.condition.patterns.map { .string($0.glob.text) })),
            ("negated", .bool(evaluation.condition.isNegated)),
            ("actual", .optional(evaluation.actual.map { String(decoding: $0, as: UTF8.self) })),
            ("matches", .bool(evaluation.holds)),
            ("implied", .bool(evaluation.isImplied)),
        ])
    }

    private static func denial(_ rule: DenyRule) -> JSONWriter {
        .object([("deny", .string(rule.id)), ("line", .integer(Int64(rule.span.line))), ("matches", .bool(true))])
    }
}
