internal import Policy
internal import PolicyAnalysis

/// Which repositories' jobs a statement can let in.
enum TrustReach: Int, Comparable {
    /// Those of anybody.
    case anybody
    /// Those of an owner, or of whoever takes a name that begins alike.
    case owner
    /// Those of the repositories that are named.
    case repositories

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The reach of a value of `sub`, such as `repo:acme/shop:*`.
    init(subject: IAMText, stars: Bool) {
        let text = Self.plain(subject, stars)
        guard let text else {
            self = .repositories
            return
        }
        guard text.hasPrefix("repo:") else {
            self = .anybody
            return
        }
        let rest = text.dropFirst("repo:".count)
        let name = rest.firstIndex(of: ":").map { rest[..<$0] }
        self.init(pattern: String(name ?? rest), isWhole: name != nil)
    }

    /// The reach of a value of `repository`, such as `acme/shop`.
    init(repository: IAMText, stars: Bool) {
        guard let text = Self.plain(repository, stars) else {
            self = .repositories
            return
        }
        self.init(pattern: text, isWhole: true)
    }

    /// A pattern with a wildcard in it or, of `sub`, one that ends before the repository does.
    private init(pattern: String, isWhole: Bool) {
        let known = pattern.prefix { !"*?".contains($0) }
        let isOpen = known.count < pattern.count || !isWhole
        // Of the form with ids, the numbers alone may be open.
        let parts = pattern.split(separator: "/").map { $0.prefix { $0 != "@" } }
        let isOwnName = parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains { "*?".contains($0) } }
        if !isOpen || isWhole && isOwnName && pattern.contains("@") {
            self = .repositories
        } else {
            self = known.isEmpty ? .anybody : .owner
        }
    }

    /// The text with one star for whatever is open; nil where nothing is.
    private static func plain(_ value: IAMText, _ stars: Bool) -> String? {
        let elements = value.elements(stars: stars)
        var text: [UInt8] = []
        var isOpen = false
        for element in elements {
            if case .byte(let byte) = element {
                text.append(byte)
            } else {
                text.append(UInt8(ascii: "*"))
                isOpen = true
            }
        }
        return isOpen ? String(decoding: text, as: UTF8.self) : nil
    }
}

extension GitHubTrust {
    /// The repositories whose jobs can get in, by what the statement says of them.
    var reach: TrustReach {
        let ids = firm("repository_id").filter { !$0.condition.values.contains(where: \.hasWildcard) }
        if !ids.isEmpty { return .repositories }
        let owners = firm("repository_owner_id") + firm("repository_owner") + firm("enterprise_id")
        return (firm("repository") + firm("sub")).map(reach).max().map { max($0, owners.isEmpty ? $0 : .owner) }
            ?? (owners.isEmpty ? .anybody : .owner)
    }

    /// The reach of one condition is that of its widest value.
    func reach(_ claim: (condition: IAMCondition, meaning: TrustCondition)) -> TrustReach {
        claim.condition.values.map { reach(of: $0, claim) }.min() ?? .repositories
    }

    /// The reach of one value of a condition on `repository` or `sub`.
    func reach(
        of value: IAMText, _ claim: (condition: IAMCondition, meaning: TrustCondition)
    ) -> TrustReach {
        let stars = IAMOperator(claim.condition.test.text)?.hasWildcards ?? true
        return claim.meaning.claim == "sub"
            ? TrustReach(subject: value, stars: stars) : TrustReach(repository: value, stars: stars)
    }
}
