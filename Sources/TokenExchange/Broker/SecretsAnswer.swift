import Secrets

/// The answer of `POST /v1/secrets`: everything that was asked for, once, and nothing else.
enum SecretsAnswer {
    static func read(_ body: SecretBytes, asked: [SecretPath]) throws(BrokerAnswerError) -> [BrokerSecret] {
        var found: [SecretPath: BrokerSecret] = [:]
        for entry in try BrokerAnswer(body).objects("secrets", each: "secret") {
            let secret = try secret(entry)
            guard asked.contains(secret.path) else {
                throw BrokerAnswerError("`\(secret.path)`, which was not asked for")
            }
            guard found.updateValue(secret, forKey: secret.path) == nil else {
                throw BrokerAnswerError("`\(secret.path)` twice")
            }
        }
        var secrets: [BrokerSecret] = []
        for path in asked {
            guard let secret = found[path] else { throw BrokerAnswerError("no `\(path)`") }
            secrets.append(secret)
        }
        return secrets
    }

    private static func secret(_ entry: BrokerAnswer) throws(BrokerAnswerError) -> BrokerSecret {
        guard let path = SecretPath(try entry.exactText("name")) else {
            throw entry.wrong("name", "that is not `ENVIRONMENT/NAME`")
        }
        let text = try entry.secret("value_base64")
        guard let value = try? Base64.decode(text), !value.isEmpty else {
            throw entry.wrong("value_base64", "that is no base64 of a value")
        }
        return BrokerSecret(
            path: path,
            value: value,
            version: try entry.optionalText("version"),
            delivery: try delivery(entry.member("deliver"), path.name)
        )
    }

    /// What a broker wants delivered is checked as a policy is: it may be another team's.
    private static func delivery(
        _ answer: BrokerAnswer,
        _ name: SecretName
    ) throws(BrokerAnswerError) -> SecretDelivery {
        let variable = try answer.has("env") ? self.name(answer.exactText("env"), "env", answer) : nil
        guard answer.has("file") else {
            guard let variable else { throw BrokerAnswerError("a `deliver` without `env` and `file`") }
            return SecretDelivery(variable: variable, file: nil)
        }
        let path = try answer.exactText("file")
        guard SecretFile.isInside(path) else { throw answer.wrong("file", "that leaves the private folder") }
        let pathVariable = try self.name((variable ?? name).text + "_FILE", "file", answer)
        return SecretDelivery(
            variable: variable,
            file: SecretFile(path: path, mode: 0o400, pathVariable: pathVariable)
        )
    }

    private static func name(
        _ text: String,
        _ member: String,
        _ answer: BrokerAnswer
    ) throws(BrokerAnswerError) -> SecretName {
        guard let name = SecretName(text) else { throw answer.wrong(member, "that names no variable") }
        guard !name.isDangerous else {
            throw answer.wrong(member, "of `\(name)`, a variable that makes programs run code")
        }
        return name
    }
}
