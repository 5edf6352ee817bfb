import Policy
import Secrets

/// The policy language by its definition, with none of the program's matching: the specification in sixty lines.
struct NaivePolicy {
    /// A defect to evaluate with; the suites must notice each.
    enum Mutation: CaseIterable {
        case starCrossesSlash, absentMatches, ignoresDeny, dropsStartAnchor, dropsEndAnchor, anyClaimSuffices
    }

    let policy: PolicyFile
    var mutation: Mutation?

    func allows(_ environment: String, _ secret: String, _ token: [String: String], at now: Int64 = 0) -> Bool {
        guard let place = policy.environments.first(where: { $0.name == environment }) else { return false }
        let grants = place.grants.filter { grant in grant.read.contains { $0.name.text == secret } }
        let path = environment + "/" + secret
        let isDenied = policy.denies.contains { rule in
            rule.read.contains { matches($0.text, path, atSign: false) }
                && holds(rule.conditions, token, isGrant: false)
        }
        return (mutation == .ignoresDeny || !isDenied)
            && grants.contains { grant in
                now >= grant.notBefore ?? .min && now < grant.expires ?? .max
                    && holds(policy.impliedConditions(of: grant) + grant.conditions, token, isGrant: true)
            }
    }

    func holds(_ conditions: [ClaimCondition], _ token: [String: String], isGrant: Bool) -> Bool {
        let verdicts = conditions.map { condition in
            guard let value = token[condition.claim] else { return condition.isNegated || mutation == .absentMatches }
            let atSign = condition.claim.hasSuffix("workflow_ref")
            return condition.patterns.contains { matches($0.glob.text, value, atSign: atSign) } != condition.isNegated
        }
        guard mutation != .anyClaimSuffices || !isGrant else { return verdicts.contains(true) || verdicts.isEmpty }
        return verdicts.allSatisfy { $0 }
    }

    func matches(_ pattern: String, _ value: String, atSign: Bool) -> Bool {
        let pattern = Array(pattern.utf8)
        let value = Array(value.utf8)
        let starts = mutation == .dropsStartAnchor ? Array(0...value.count) : [0]
        return starts.contains { matches(pattern[...], value[$0...], atSign) }
    }

    /// Backtracking: `**` takes anything, `*` anything without a separator, the rest itself.
    private func matches(_ pattern: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ atSign: Bool) -> Bool {
        guard let first = pattern.first else { return value.isEmpty || mutation == .dropsEndAnchor }
        guard first == UInt8(ascii: "*") else {
            return value.first == first && matches(pattern.dropFirst(), value.dropFirst(), atSign)
        }
        let isDouble = pattern.dropFirst().first == first
        let rest = pattern.dropFirst(isDouble ? 2 : 1)
        var value = value
        while true {
            if matches(rest, value, atSign) { return true }
            guard let byte = value.popFirst() else { return false }
            let isSeparator = byte == UInt8(ascii: "/") && mutation != .starCrossesSlash || atSign && byte == 0x40
            if isSeparator && !isDouble { return false }
        }
    }
}
