internal import Diagnostics
internal import Secrets
internal import YAMLSyntax

/// Reads one environment.
struct EnvironmentParser {
    let findings: Findings
    let defaults: PolicyDefaults
    let conditions: ConditionParser
    let declared: DeclaredNames

    func environment(_ pair: YAMLNode.Pair) -> PolicyEnvironment? {
        guard isName(pair), let pairs = findings.pairs(pair.value, PolicyKeys.environment) else { return nil }
        let isLocal = findings.flag(pairs["local"], "local")
        let isProtected = findings.flag(pairs["protected"], "protected")
        if isLocal, let other = isProtected ? pairs["protected"] : pairs["exchange"] {
            findings.report(
                .policyProtected,
                "`\(pair.key)` is local, so anybody's own machine opens it: `\(other.key)` would promise more",
                other.keySpan,
                help: "remove `local` or `\(other.key)`"
            )
        }
        let secrets = secrets(pairs["secrets"]?.value, isLocal: isLocal)
        let grants = GrantParser(
            findings: findings,
            defaults: defaults,
            conditions: conditions,
            declared: declared.secrets(of: pair.key) ?? .init([])
        )
        return PolicyEnvironment(
            name: pair.key,
            span: pair.keySpan,
            isLocal: isLocal,
            isProtected: isProtected,
            exchange: pairs["exchange"].flatMap { exchange($0.value) },
            audience: audience(pairs["exchange"]?.value),
            widening: WideningParser(findings: findings, conditions: conditions).widening(pairs["exchange"]),
            secrets: secrets,
            grants: pairs["grants"].map { findings.list($0.value, "grants").compactMap(grants.grant) } ?? []
        )
    }

    /// Names stand in paths and patterns, so they hold no separator and no star.
    private func isName(_ pair: YAMLNode.Pair) -> Bool {
        if pair.key.isPlainName { return true }
        findings.report(
            .policyBadName,
            "`\(pair.key)` cannot name an environment",
            pair.keySpan,
            help: "use letters, digits, `-`, `_` and `.`"
        )
        return false
    }

    private func secrets(_ node: YAMLNode?, isLocal: Bool) -> [SecretEntry] {
        guard let node, let pairs = findings.pairs(node, named: "`secrets`") else { return [] }
        let parser = SecretParser(findings: findings, defaults: defaults, isLocal: isLocal)
        return pairs.compactMap(parser.secret)
    }

    private func exchange(_ node: YAMLNode) -> PolicyExchange? {
        guard let pairs = findings.pairs(node, PolicyKeys.exchange) else { return nil }
        guard [pairs["aws"], pairs["broker"]].count(where: { $0 != nil }) == 1 else {
            if case .mapping(let all) = node.content, all.count > pairs.count { return nil }
            let message = "`exchange` names one of `aws` and `broker`"
            findings.report(.policyBadValue, message, node.span.firstLine, help: "keep one of the two")
            return nil
        }
        if let broker = pairs["broker"] { return self.broker(broker.value) }
        guard let aws = pairs["aws"], let keys = findings.pairs(aws.value, PolicyKeys.aws),
            let role = keys["role"].flatMap({ findings.text($0.value, "role") }),
            let region = keys["region"].flatMap({ findings.text($0.value, "region") })
        else { return nil }
        guard role.utf8.starts(with: "arn:".utf8) else {
            let help = "write it as \"arn:aws:iam::ACCOUNT:role/NAME\""
            findings.report(.policyBadValue, "`\(role)` is no role's ARN", aws.value.span.firstLine, help: help)
            return nil
        }
        return .aws(role: role, region: region)
    }

    /// AWS wants the audience that its account names, and that is nearly always its own; `--audience` is for the rest.
    private func audience(_ node: YAMLNode?) -> String? {
        guard let node, let pair = node.pair("audience"), let text = findings.text(pair.value, "audience") else {
            return nil
        }
        guard node.pair("aws") == nil || node.pair("broker") != nil else {
            findings.report(
                .policyBadValue, "`audience` belongs to a broker", pair.keySpan, help: "remove it, or use `--audience`")
            return nil
        }
        return text
    }

    private func broker(_ node: YAMLNode) -> PolicyExchange? {
        guard let url = findings.text(node, "broker") else { return nil }
        guard url.utf8.starts(with: "https://".utf8) || url.isPlainLoopbackURL else {
            findings.report(
                .policyBadValue,
                "a broker is reached over `https://`, and `\(url)` is not",
                node.span,
                help: "the job's token would cross the network in the clear"
            )
            return nil
        }
        // The paths of requests are appended to it, and it is the audience of tokens.
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"?#@".utf8.contains($0) }) else {
            findings.report(
                .policyBadValue,
                "`\(url)` is no broker's URL",
                node.span,
                help: "write scheme, host, port and path alone, such as `https://broker.example.com`"
            )
            return nil
        }
        return .broker(url: url)
    }
}
