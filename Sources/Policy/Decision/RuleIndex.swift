/// Rules, found by what a token says, so that one decision looks at the few that can hold and not at all.
///
/// Each rule is kept below one of its conditions, the one whose values fewest other rules ask for: below the text where a
/// pattern is exact, and below what stands before its first star elsewhere. A rule without such a condition is always
/// looked at. A rule that is not found does not hold; one that is found need not.
struct RuleIndex: Sendable {
    /// What a token has to say for a rule to be looked at.
    struct Key: Hashable {
        let claim: String
        let text: [UInt8]
        let isExact: Bool
    }

    /// The rules of one claim, by text.
    fileprivate struct Table {
        var exact: [[UInt8]: [Int]] = [:]
        /// The beginnings, by their lengths.
        var beginnings: [(length: Int, rules: [[UInt8]: [Int]])] = []
    }

    private var tables: [String: Table] = [:]
    private var always: [Int] = []

    /// Rules by number: of each the ways to find it, of which any one will do, and of each way the keys.
    init(_ rules: [[[Key]]]) {
        var counts: [Key: Int] = [:]
        for key in rules.joined().joined() { counts[key, default: 0] += 1 }
        for (number, ways) in rules.enumerated() {
            let costs = ways.map { keys in keys.reduce(0) { $0 + (counts[$1] ?? 0) } }
            guard let least = costs.min(), let way = costs.firstIndex(of: least) else {
                always.append(number)
                continue
            }
            for key in Set(ways[way]) { tables[key.claim, default: Table()].add(number, below: key) }
        }
    }

    /// The rules that can hold where the claims have these values, in no order; some may be named twice.
    func candidates(_ value: (String) -> [UInt8]?) -> [Int] {
        var found = always
        for (claim, table) in tables {
            guard let value = value(claim) else { continue }
            found += table.exact[value] ?? []
            for (length, rules) in table.beginnings where length <= value.count {
                found += rules[Array(value[..<length])] ?? []
            }
        }
        return found
    }
}

extension RuleIndex.Table {
    fileprivate mutating func add(_ rule: Int, below key: RuleIndex.Key) {
        guard !key.isExact else {
            exact[key.text, default: []].append(rule)
            return
        }
        let length = key.text.count
        if let index = beginnings.firstIndex(where: { $0.length == length }) {
            beginnings[index].rules[key.text, default: []].append(rule)
        } else {
            beginnings.append((length, [key.text: [rule]]))
        }
    }
}

extension ClaimCondition {
    /// The keys of its patterns, or nil where an absent claim would do, too.
    var keys: [RuleIndex.Key]? {
        guard !isNegated else { return nil }
        return patterns.map { RuleIndex.Key(claim: claim, text: $0.glob.beginning, isExact: $0.glob.isLiteral) }
    }
}

extension Glob {
    /// The bytes before the first star.
    fileprivate var beginning: [UInt8] {
        var bytes: [UInt8] = []
        for element in elements {
            guard case .byte(let byte) = element else { return bytes }
            bytes.append(byte)
        }
        return bytes
    }
}
