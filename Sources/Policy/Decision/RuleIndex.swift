/// Rules, found by what a token says, so that one decision looks at the few that can hold and not at all.
///
/// Each rule is kept below one of its conditions, the one whose values fewest other rules ask for: below the text where a
/// pattern is exact, and below what stands before its first star elsewhere. A rule without such a condition is always
/// looked at. A rule that is not found does not hold; one that is found need not.
struct RuleIndex: Sendable {
    /// What a token has to say for a rule to be looked at.
    private struct Key: Hashable {
        let claim: Int
        let text: [UInt8]
        let isExact: Bool

        func hash(into hasher: inout Hasher) {
            hasher.combine(claim)
            text.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    private var claims: [String] = []
    private var keys: [Key: Int] = [:]
    /// The rules below each key, by the key's number.
    private var rules: [[Int]] = []
    /// How long the beginnings are that rules of a claim are kept below.
    private var lengths: [[Int]] = []
    private var always: [Int] = []
    /// How many rules ask for each key; of use only while the index is made.
    private var counts: [Int] = []

    /// An index of rules, by number; a rule is found by any one pattern of any one condition, or by any of its names.
    init(_ conditions: [[ClaimCondition]], named names: (claim: String, texts: [[String]])? = nil) {
        // A rule has no more ways to be found than conditions, and one for its names.
        let ways = conditions.enumerated().map { number, conditions in
            var ways = conditions.filter { !$0.isNegated }.map { condition in
                condition.patterns.map { key(condition.claim, $0.glob.text) }
            }
            if let names { ways.append(names.texts[number].map { key(names.claim, $0) }) }
            return ways
        }
        for (rule, ways) in ways.enumerated() { keep(rule, ways) }
        counts = []
        for (key, number) in keys where !key.isExact && !rules[number].isEmpty {
            if !lengths[key.claim].contains(key.text.count) { lengths[key.claim].append(key.text.count) }
        }
    }

    /// The number of a pattern's key; a star ends what can be looked up.
    private mutating func key(_ claim: String, _ pattern: String) -> Int {
        let star = pattern.utf8.firstIndex(of: UInt8(ascii: "*"))
        let text = Array(pattern.utf8[..<(star ?? pattern.utf8.endIndex)])
        let key = Key(claim: slot(claim), text: text, isExact: star == nil)
        let number = keys[key] ?? rules.count
        if number == rules.count {
            keys[key] = number
            rules.append([])
            counts.append(0)
        }
        counts[number] += 1
        return number
    }

    private mutating func slot(_ claim: String) -> Int {
        if let slot = claims.firstIndex(of: claim) { return slot }
        claims.append(claim)
        lengths.append([])
        return claims.count - 1
    }

    private mutating func keep(_ rule: Int, _ ways: [[Int]]) {
        let costs = ways.map { way in way.reduce(0) { $0 + counts[$1] } }
        guard let least = costs.min(), let best = costs.firstIndex(of: least) else {
            always.append(rule)
            return
        }
        for key in ways[best] where rules[key].last != rule { rules[key].append(rule) }
    }

    /// The rules that can hold where the claims have these values, in no order; some may be named twice.
    func candidates(_ value: (String) -> [UInt8]?) -> [Int] {
        var found = always
        for (claim, name) in claims.enumerated() {
            guard let value = value(name) else { continue }
            add(Key(claim: claim, text: value, isExact: true), to: &found)
            for length in lengths[claim] where length <= value.count {
                add(Key(claim: claim, text: Array(value[..<length]), isExact: false), to: &found)
            }
        }
        return found
    }

    private func add(_ key: Key, to found: inout [Int]) {
        if let number = keys[key] { found += rules[number] }
    }
}
