internal import YAMLSyntax

extension ForeignReading {
    private static let provider = "token.actions.githubusercontent.com"
    private static let action = "sts:AssumeRoleWithWebIdentity"

    /// Source: docs.aws.amazon.com, "IAM JSON policy elements": all operators and keys must hold, each by any of its
    /// values; a statement that denies wins.
    mutating func readAWS(_ root: YAMLNode) {
        let found = root["Statement"]
        let statements = found?.elements.isEmpty == false ? found?.elements ?? [] : [found].compactMap(\.self)
        remark("the role's own name and permissions are elsewhere: write below which secrets it reads")
        for (index, statement) in statements.enumerated() {
            let name = statement["Sid"]?.text.map { "statement \($0)" } ?? "statement \(index + 1)"
            switch statement["Effect"]?.text {
            case "Allow": readAllow(statement, name)
            case "Deny": return leaveOutEverything("\(name) denies, which a grant cannot say")
            default: leaveOut(name, "it has no effect")
            }
        }
    }

    private mutating func readAllow(_ statement: YAMLNode, _ name: String) {
        guard
            statement["Principal"]?["Federated"]?.words?.allSatisfy({ $0.hasSuffix("oidc-provider/" + Self.provider) })
                == true
        else { return leaveOut(name, "it is for others than GitHub's tokens") }
        guard statement["Action"]?.words?.contains(Self.action) == true else {
            return leaveOut(name, "it allows no `\(Self.action)`")
        }
        var subjects: [ForeignPattern]?
        var others: [(claim: String, patterns: [ForeignPattern])] = []
        for condition in statement["Condition"]?.pairs ?? [] {
            for entry in condition.value.pairs {
                guard let patterns = Self.patterns(condition.key, entry.value) else {
                    return leaveOut(name, "`\(condition.key)` cannot be said in inject.yaml")
                }
                guard entry.key.lowercased().hasPrefix(Self.provider + ":") else {
                    return leaveOut(name, "`\(entry.key)` is no claim of the token")
                }
                let claim = String(entry.key.dropFirst(Self.provider.count + 1))
                switch claim {
                case "aud": continue
                case "sub":
                    guard subjects == nil else { return leaveOut(name, "two conditions on `sub`") }
                    subjects = patterns
                default: others.append((claim, patterns))
                }
            }
        }
        guard subjects != nil || !others.isEmpty else {
            return leaveOut(name, "it takes the tokens of all of GitHub")
        }
        add(name, subjects: subjects) { grant throws(Inexpressible) in
            for (claim, patterns) in others {
                try grant.require(claim, patterns.map { pattern throws(Inexpressible) in try pattern.pattern() })
            }
        }
    }

    /// The values of an operator that says what a claim is; nil for one that says what it is not, or that also holds
    /// without it.
    private static func patterns(_ condition: String, _ values: YAMLNode) -> [ForeignPattern]? {
        guard let words = values.words else { return nil }
        let parts = condition.split(separator: ":")
        guard parts.count == 1 || parts.count == 2 && parts[0] == "ForAnyValue" else { return nil }
        return switch parts.last {
        case "StringEquals", "StringEqualsIgnoreCase": words.map(ForeignPattern.exact)
        case "StringLike": words.map(ForeignPattern.wildcard)
        default: nil
        }
    }
}
