import Secrets

/// The answer of `POST /v1/explain`: a decision about each secret that was asked about.
enum ExplanationAnswer {
    /// Reads it; where no secret was named, the broker answers about every one that the token may know of.
    static func read(_ body: SecretBytes, asked: [SecretPath]) throws(BrokerAnswerError) -> [BrokerDecision] {
        var decisions: [BrokerDecision] = []
        for entry in try BrokerAnswer(body).objects("decisions", each: "decision") {
            guard let path = SecretPath(try entry.exactText("secret")) else {
                throw entry.wrong("secret", "that is not `ENVIRONMENT/NAME`")
            }
            guard asked.isEmpty || asked.contains(path) else {
                throw BrokerAnswerError("a decision about `\(path)`, which was not asked about")
            }
            guard !decisions.contains(where: { $0.path == path }) else {
                throw BrokerAnswerError("two decisions about `\(path)`")
            }
            decisions.append(
                BrokerDecision(
                    path: path,
                    isAllowed: try entry.bool("allowed"),
                    grant: try entry.optionalText("grant"),
                    reason: try entry.text("reason")
                )
            )
        }
        for path in asked where !decisions.contains(where: { $0.path == path }) {
            throw BrokerAnswerError("no decision about `\(path)`")
        }
        return decisions
    }
}
