import InjectTesting
import PolicyImport

/// A random policy of another system, and by that system's own documentation whom it lets in: written as plainly as can be,
/// as the specification that imports are held against.
struct ForeignPolicy: CustomStringConvertible {
    let system: ImportedPolicy.System
    let text: String
    /// Whether a token with these claims, `sub` among them, gets in.
    let lets: ([String: String]) -> Bool

    var description: String { text }

    private static let subjects = [
        "repo:acme/shop:ref:refs/heads/main", "repo:acme/shop:ref:refs/heads/*", "repo:acme/shop:ref:refs/*/v1",
        "repo:acme/shop:environment:prod", "repo:acme/shop:environment:*", "repo:acme/shop:environment:pr*",
        "repo:acme/shop:environment:a%3Ab", "repo:acme/shop:pull_request", "repo:acme/shop:*", "repo:acme/shop*",
        "repo:acme/*", "repo:acme/sh*:ref:refs/heads/main", "repo:*/shop:pull_request", "*", "repo:acme/shop:*main",
        "repo:acme@1/shop@456789:environment:prod", "repo:acme@1/shop@456789:*", "repo:acme@*/shop@*:pull_request",
        "repo:acme/shop:ref:refs/pull/*", "repo:acme/shop:environment:prod:x", "repo:acme/shop:job_workflow_ref:a",
    ]

    private static let expressions = [
        "repo:acme/shop:.*", "repo:acme/shop:ref:refs/heads/.*", "^repo:acme/shop:ref:refs/(heads|tags)/v1$",
        "repo:acme/shop:ref:refs/heads/[^/]*", "repo:acme/[^/]*:pull_request", "repo:acme/shop:(environment:prod)",
        "repo:acme/shop:environment:(prod|dev)", "repo:acme.shop:pull_request", "repo:acme/shop:ref:refs/heads/mai.",
        "repo:acme/shop:(ref:refs/heads/main|pull_request)", "main|repo:acme/shop:pull_request", ".*",
        "repo:acme/shop:ref:refs/heads/.*/[^/]*", "repo:acme/shop(:.*)?", "repo:acme\\/shop:environment:.*",
    ]

    /// Values of a claim, some with a star.
    private static let values = [
        "repository": ["acme/shop", "acme/*", "*"], "event_name": ["push", "pull_request", "p*"],
        "ref": ["refs/heads/main", "refs/heads/*", "refs/*", "*main"], "environment": ["prod", "*", "p*d", ""],
        "repository_id": ["456789", "4*"], "actor": ["octocat", "octo*"],
    ]

    /// A policy of one of the systems.
    static func random(_ random: inout SeededRandom) -> ForeignPolicy {
        switch random.below(3) {
        case 0: aws(&random)
        case 1: vault(&random)
        default: octoSTS(&random)
        }
    }

    // MARK: - IAM: every operator and key must hold, each by any value; what denies wins

    private static func aws(_ random: inout SeededRandom) -> ForeignPolicy {
        var statements: [(isDeny: Bool, conditions: [(operation: String, claim: String, values: [String])])] = []
        for number in 0...random.below(3) {
            var conditions: [(String, String, [String])] = []
            for _ in 0...random.below(3) {
                let operation = pick(
                    [
                        "StringLike", "StringLike", "StringEquals", "StringEqualsIgnoreCase", "ForAnyValue:StringLike",
                        "StringNotLike", "StringLikeIfExists", "ForAllValues:StringLike",
                    ], &random)
                let claim = random.below(3) > 0 ? "sub" : pick(values.keys.sorted(), &random)
                let own = claim == "sub" ? subjects : values[claim] ?? []
                guard !conditions.contains(where: { $0.0 == operation && $0.1 == claim }) else { continue }
                conditions.append((operation, claim, (0...random.below(2)).map { _ in pick(own, &random) }))
            }
            statements.append((number > 0 && random.below(6) == 0, conditions))
        }
        let texts = statements.map { statement in
            let operations = Dictionary(grouping: statement.conditions, by: \.operation).sorted { $0.key < $1.key }
            let blocks = operations.map { operation, keys in
                let entries = keys.map { key in
                    let list = key.values.map { "\"\($0)\"" }.joined(separator: ", ")
                    return "\"token.actions.githubusercontent.com:\(key.claim)\": [\(list)]"
                }
                return "\"\(operation)\": {\(entries.joined(separator: ", "))}"
            }
            return """
                {"Effect": "\(statement.isDeny ? "Deny" : "Allow")", "Action": "sts:AssumeRoleWithWebIdentity",
                 "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},
                 "Condition": {\(blocks.joined(separator: ", "))}}
                """
        }
        return ForeignPolicy(system: .aws, text: "{\"Statement\": [\(texts.joined(separator: ",\n"))]}") { token in
            let met = statements.filter { statement in
                statement.conditions.allSatisfy { holds($0.operation, $0.values, token[$0.claim]) }
            }
            return met.contains { !$0.isDeny } && !met.contains(where: \.isDeny)
        }
    }

    private static func holds(_ operation: String, _ values: [String], _ value: String?) -> Bool {
        let matches = { (value: String) in
            values.contains { pattern in
                switch operation {
                case "StringEquals": pattern == value
                case "StringEqualsIgnoreCase": pattern.lowercased() == value.lowercased()
                default: wildcard(pattern[...], value[...])
                }
            }
        }
        switch operation {
        case "StringNotLike": return value.map { !matches($0) } ?? true
        case "StringLikeIfExists", "ForAllValues:StringLike": return value.map(matches) ?? true
        default: return value.map(matches) ?? false
        }
    }

    /// `*` is any text, `?` any character, over every separator.
    private static func wildcard(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return wildcard(pattern.dropFirst(), text) || !text.isEmpty && wildcard(pattern, text.dropFirst())
        }
        return !text.isEmpty && (first == "?" || first == text.first) && wildcard(pattern.dropFirst(), text.dropFirst())
    }

    // MARK: - Vault: every bound claim must match by any value, as text or as a glob

    private static func vault(_ random: inout SeededRandom) -> ForeignPolicy {
        let isGlob = random.below(2) == 0
        var claims: [(claim: String, values: [String])] = []
        for claim in (["sub"] + values.keys.sorted()).filter({ _ in random.below(3) == 0 }) {
            let own = claim == "sub" ? subjects : values[claim] ?? []
            claims.append((claim, (0...random.below(2)).map { _ in pick(own, &random) }))
        }
        let subject = random.below(3) == 0 ? pick(subjects, &random) : nil
        let entries = claims.map { claim in
            "\"\(claim.claim)\": [\(claim.values.map { "\"\($0)\"" }.joined(separator: ", "))]"
        }
        var parts = ["\"bound_claims\": {\(entries.joined(separator: ", "))}", "\"role_type\": \"jwt\""]
        if isGlob { parts.append("\"bound_claims_type\": \"glob\"") }
        if let subject { parts.append("\"bound_subject\": \"\(subject)\"") }
        return ForeignPolicy(system: .vault, text: "{\(parts.joined(separator: ", "))}") { token in
            guard subject == nil || subject == token["sub"] else { return false }
            return claims.allSatisfy { claim in
                guard let value = token[claim.claim] else { return false }
                return claim.values.contains { isGlob ? glob($0[...], value[...]) : $0 == value }
            }
        }
    }

    /// Only `*` means more than itself.
    private static func glob(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" { return glob(pattern.dropFirst(), text) || !text.isEmpty && glob(pattern, text.dropFirst()) }
        return first == text.first && glob(pattern.dropFirst(), text.dropFirst())
    }

    // MARK: - octo-sts: every part must match, expressions from end to end

    private static func octoSTS(_ random: inout SeededRandom) -> ForeignPolicy {
        var text = "issuer: https://token.actions.githubusercontent.com\npermissions: { contents: read }\n"
        let expression = random.below(3) > 0 ? pick(expressions, &random) : nil
        let subject = pick(subjects, &random)
        text += expression.map { "subject_pattern: '\($0)'\n" } ?? "subject: '\(subject)'\n"
        var claims: [(claim: String, expression: String)] = []
        if random.below(2) == 0 {
            claims.append(("ref", pick(["refs/heads/.*", "refs/(heads|tags)/[^/]*", "refs/heads/main"], &random)))
        }
        if random.below(3) == 0 {
            claims.append(("event_name", pick(["push", "(push|create)", "p.*", "p.sh"], &random)))
        }
        if !claims.isEmpty {
            text += "claim_pattern:\n" + claims.map { "  \($0.claim): '\($0.expression)'\n" }.joined()
        }
        return ForeignPolicy(system: .octoSTS, text: text) { token in
            let own = token["sub"] ?? ""
            guard expression.map({ matches($0, own) }) ?? (own == subject) else { return false }
            return claims.allSatisfy { claim in token[claim.claim].map { matches(claim.expression, $0) } ?? false }
        }
    }

    private static func matches(_ expression: String, _ text: String) -> Bool {
        (try? Regex(expression).wholeMatch(in: text)) != nil
    }

    private static func pick(_ texts: [String], _ random: inout SeededRandom) -> String {
        texts[random.below(texts.count)]
    }
}
