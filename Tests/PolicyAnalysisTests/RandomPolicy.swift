import InjectTesting

/// Small random policies whose every token over a small alphabet can be tried.
struct RandomPolicy {
    var random: SeededRandom
    /// The claims, each with the texts that are tried.
    static let universe: [(claim: String, values: [String?])] = [
        ("ref", [nil, "", "a", "/", "aa", "a/", "/a", "//"]), ("workflow_ref", [nil, "", "a", "@", "a@"]),
        ("environment", [nil, "", "a", "b", "ab"]),
    ]

    /// Every token of the universe, as dictionaries.
    static let tokens: [[String: String]] = universe.reduce([[:]]) { tokens, entry in
        tokens.flatMap { token in
            entry.values.map { value in
                var token = token
                token[entry.claim] = value
                return token
            }
        }
    }

    /// Seconds on both sides of every second at which a grant begins or ends to hold, and those seconds themselves.
    static let times: [Int64] = [0, 9, 10, 11, 19, 20, 21, 30]

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// A policy of an issuer without a model, with so many assertions.
    mutating func text(assertions: Int, hasTimes: Bool = false) -> String {
        var text = "version: \"1\"\nissuer: https://issuer.example\nenvironments:\n  ci:\n    secrets:\n"
        text += "      A: { from: \"aws-sm:a\" }\n      B: { from: \"aws-sm:b\" }\n    grants:\n"
        for number in 0...random.below(3) {
            let grant = "id: g\(number), when: \(conditions(false)), read: \(secret())"
            text += "      - { \(grant)\(hasTimes ? window() : "") }\n"
        }
        let denies = random.below(3)
        if denies > 0 { text += "deny:\n" }
        for number in 0..<denies {
            text += "  - { id: d\(number), when: \(conditions(true)), read: \"ci/\(["*", "A"][random.below(2)])\" }\n"
        }
        if assertions > 0 { text += "assert:\n" }
        for number in 0..<assertions {
            let kind = ["never", "only", "possible"][random.below(3)]
            text +=
                "  - { id: q\(number), \(kind): \(conditions(true)), read: \"ci/\(["**", "A", "B"][random.below(3)])\" }\n"
        }
        return text
    }

    /// A beginning, an end, both or neither.
    private mutating func window() -> String {
        let start = ["", ", not_before: \"1970-01-01T00:00:10Z\""][random.below(2)]
        let ends = ["", ", expires: \"1970-01-01T00:00:20Z\"", ", expires: \"1970-01-01T00:00:11Z\""]
        return start + ends[random.below(3)]
    }

    private mutating func secret() -> String { ["A", "B", "[A, B]"][random.below(3)] }

    private mutating func conditions(_ allowsNegation: Bool) -> String {
        var parts: [String] = []
        for (claim, _) in Self.universe where random.below(5) < 3 {
            let patterns = (0...random.below(2)).map { _ in "\"\(pattern(claim))\"" }.joined(separator: ", ")
            let isNegated = allowsNegation && random.below(3) == 0
            parts.append("\(claim): \(isNegated ? "{ not: [\(patterns)] }" : "[\(patterns)]")")
        }
        if parts.isEmpty { parts.append("ref: \"**\"") }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    private mutating func pattern(_ claim: String) -> String {
        let letters = ["ref": ["a", "/"], "workflow_ref": ["a", "@"], "environment": ["a", "b"]][claim] ?? ["a"]
        guard random.below(6) > 0 else { return "**" }
        var text = ""
        for _ in 0...random.below(3) {
            let isStar = random.below(2) == 0 && !text.hasSuffix("*")
            text += isStar ? "*" : letters[random.below(letters.count)]
        }
        return text
    }
}
