internal import AWSClient
internal import Policy
internal import PolicyAnalysis
internal import StrictJSON
internal import TokenExchange

/// The conditions of a statement as IAM writes them.
///
/// No `ForAllValues`, which holds for a claim that is absent, and `IfExists` nowhere.
struct TrustConditions {
    private var operators: [(name: String, keys: [(String, [String])])] = []

    init(_ statement: TrustStatement) {
        if !statement.isDeny {
            add("StringEquals", "aud", ["sts.amazonaws.com"])
            add("StringLike", "sub", SubjectPatterns.texts(for: statement.subject).map(Self.escaped))
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
