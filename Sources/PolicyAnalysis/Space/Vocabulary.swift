import Policy

/// Every pattern that some condition has, by claim, and every second at which a grant begins or ends to hold.
struct Vocabulary: Sendable {
    /// The patterns of each claim, each once.
    private(set) var globs: [String: [Glob]] = [:]
    /// Of each claim, how many of the patterns are the policies' own; they come first.
    private(set) var own: [String: Int] = [:]
    /// The seconds, in order.
    private(set) var times: [Int64] = []
    private var seen: Set<Entry> = []

    private struct Entry: Hashable {
        let claim: String
        let glob: Glob
    }

    var claims: Set<String> { Set(globs.keys) }

    /// The patterns of policies and of what is asked about them.
    init(_ policies: [PolicyFile]) {
        for policy in policies {
            for grant in policy.environments.flatMap(\.grants) {
                add(policy.impliedConditions(of: grant))
                add(grant.conditions)
                times += [grant.notBefore, grant.expires].compactMap(\.self)
            }
            for rule in policy.denies { add(rule.conditions) }
            for assertion in policy.assertions { add(assertion.conditions) }
        }
        times = Array(Set(times)).sorted()
        own = globs.mapValues(\.count)
    }

    /// Patterns that are asked about, and in which no answer is said.
    mutating func add(_ conditions: [ClaimCondition]) {
        for condition in conditions {
            globs[condition.claim, default: []] += []
            for pattern in condition.patterns { add(pattern.glob, to: condition.claim) }
        }
    }

    private mutating func add(_ glob: Glob, to claim: String) {
        guard seen.insert(Entry(claim: claim, glob: glob)).inserted else { return }
        globs[claim, default: []].append(glob)
    }
}
