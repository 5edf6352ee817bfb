internal import StrictJSON
internal import TokenExchange

/// A broker's decision, for people or programs.
struct BrokerVerdict {
    let broker: String
    let decision: BrokerDecision

    /// The answer of a broker that has the only policy.
    func rendered(_ format: OutputFormat) -> String {
        switch format {
        case .text: return "\(decision.path): \(text)\n"
        case .json:
            let members = [("secret", JSONWriter.string(decision.path.description))] + members
            return JSONWriter.object(members).line + "\n"
        }
    }

    /// `allowed by GRANT, says the broker URL: REASON`.
    var text: String {
        let verdict = decision.isAllowed ? "allowed" + (decision.grant.map { " by \($0)" } ?? "") : "denied"
        return "\(verdict), says the broker \(broker): \(decision.reason)"
    }

    /// What JSON says beside the file's own decision.
    var members: [(String, JSONWriter)] {
        [
            ("broker", .string(broker)),
            ("broker_decision", .string(decision.isAllowed ? "allow" : "deny")),
            ("broker_grant", .optional(decision.grant)),
            ("broker_reason", .string(decision.reason)),
        ]
    }
}
