internal import AWSClient
internal import Policy
internal import PolicyAnalysis
internal import StrictJSON

/// The conditions of a statement as IAM writes them.
///
/// No `ForAllValues`, which holds for a claim that is absent, and `IfExists` nowhere.
struct TrustConditions {
    private var operators: [(name: String, keys: [(String, [String])])] = []

    init(_ statement: TrustStatement, _ policy: PolicyFile) {
        if !statement.isDeny {
            add("StringEquals", "aud", ["sts.amazonaws.com"])
            add("StringLike", "sub", Self.subjects(statement, policy))
        }
        for condition in statement.conditions {
            let patterns = condition.patterns.map { Self.escaped($0.glob.iamText) }
            let isExact = condition.patterns.allSatisfy(\.glob.isLiteral)
            let verb = isExact ? "Equals" : "Like"
            add("String" + (condition.isNegated ? "Not" : "") + verb, condition.claim, patterns)
        }
        if let start = statement.notBefore { addTime("DateGreaterThanEquals", start) }
        if let end = statement.expires { addTime("DateLessThan", end) }
    }

    var document: JSONWriter {
        .object(
            operators.map { entry in
                (entry.name, .object(entry.keys.map { ($0.0, Self.texts($0.1)) }))
            })
    }

    /// `sub` in both forms, as narrow as the grant's environment allows: without one, a job may have any.
    ///
    /// GitHub writes `repo:OWNER/NAME:…`, and for repositories made, renamed or moved after 2026-07-15
    /// `repo:OWNER@OWNER-ID/NAME@ID:…`; a colon in an environment's name is `%3A`.
    private static func subjects(_ statement: TrustStatement, _ policy: PolicyFile) -> [String] {
        let named = { (claim: String) in statement.conditions.first { $0.claim == claim }?.patterns.map(\.glob) }
        let contexts = named("environment")?.map { "environment:" + $0.iamText.replacing(":", with: "%3A") } ?? ["*"]
        let ids = named("repository_id")?.map(\.iamText) ?? ["*"]
        let owner = policy.implied.first { $0.claim == "repository_owner_id" }?.patterns.first?.glob.text ?? "*"
        return (named("repository") ?? []).flatMap { repository in
            let parts = repository.iamText.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return ["repo:*"] }
            let classic = contexts.map { "repo:\(parts[0])/\(parts[1]):\($0)" }
            let immutable = ids.flatMap { id in
                contexts.map { "repo:\(parts[0])@\(owner)/\(parts[1])@\(id):\($0)" }
            }
            return (classic + immutable).map(escaped)
        }
    }

    private mutating func add(_ name: String, _ claim: String, _ values: [String]) {
        append(name, GitHubConditionKeys.prefix + claim, values)
    }

    private mutating func addTime(_ name: String, _ second: Int64) {
        append(name, "aws:CurrentTime", [Timestamp.text(second)])
    }

    private mutating func append(_ name: String, _ key: String, _ values: [String]) {
        if let index = operators.firstIndex(where: { $0.name == name }) {
            operators[index].keys.append((key, values))
        } else {
            operators.append((name, [(key, values)]))
        }
    }

    private static func texts(_ texts: [String]) -> JSONWriter {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONWriter.string))
    }

    /// A dollar sign would begin one of IAM's variables.
    private static func escaped(_ text: String) -> String { text.replacing("$", with: "${$}") }
}

extension Glob {
    /// The pattern for IAM, where one star is enough.
    fileprivate var iamText: String { text.replacing("**", with: "*") }
}
