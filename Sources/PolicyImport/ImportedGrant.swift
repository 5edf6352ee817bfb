internal import Policy

/// One way in that another system's policy has, as our policy says it: no token that it does not let in there.
struct ImportedGrant: Sendable {
    /// What each claim must be, one of the patterns.
    var conditions: [(claim: String, patterns: [String])] = []
    /// Whether the tokens must have no `environment`; grants cannot say that, and a `deny` can.
    var lacksEnvironment = false
    /// What a person should know about it.
    var notes: [String] = []

    /// Adds a condition; a second one on the same claim would be either instead of both, so it is refused.
    mutating func require(_ claim: String, _ patterns: [String]) throws(Inexpressible) {
        // The name of a property stands in our policy as a key, and must not be able to end one.
        guard ClaimNames.github.contains(claim) || claim.wholeMatch(of: /repo_property_[A-Za-z0-9_.-]+/) != nil else {
            throw Inexpressible("a condition on `\(claim)`")
        }
        guard !conditions.contains(where: { $0.claim == claim && $0.patterns == patterns }) else { return }
        guard !conditions.contains(where: { $0.claim == claim }) else {
            throw Inexpressible("two conditions on `\(claim)`")
        }
        for pattern in patterns {
            guard !pattern.isEmpty else { throw Inexpressible("an empty value for `\(claim)`") }
            do { _ = try Glob(pattern, claim: claim) } catch {
                throw Inexpressible("`\(pattern)` for `\(claim)`, which \(error.reason)")
            }
        }
        guard !patterns.isEmpty else { throw Inexpressible("no value for `\(claim)`") }
        conditions.append((claim, patterns))
    }
}

/// A part of a policy that ours cannot say without letting in more; what it belongs to is left out.
struct Inexpressible: Error {
    /// The part, for a sentence.
    let part: String

    init(_ part: String) { self.part = part }
}
