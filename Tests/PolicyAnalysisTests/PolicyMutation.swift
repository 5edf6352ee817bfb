import Secrets

@testable import Policy

/// A defect of the analyser: it is given another policy than the one that it is asked about.
///
/// The program has no switch for any of them. What the analyser then proves is of the mutant, and the suites, which hold it
/// against the specification and the policy itself, must notice.
enum PolicyMutation: CaseIterable {
    case starCrossesSlash, absentMatches, ignoresDeny, dropsStartAnchor, dropsEndAnchor, anyClaimSuffices, ignoresNot
    case ignoresTimes, ignoresEnd, readsEverything

    /// Those that a proof can show.
    ///
    /// That a grant ends takes no token away, only seconds, and proofs are about all of them.
    static let ofProofs: [PolicyMutation] = allCases.filter { $0 != .ignoresEnd }

    func applied(to policy: PolicyFile) -> PolicyFile {
        PolicyFile(
            source: policy.source, issuer: policy.issuer, implied: policy.implied, repository: policy.repository,
            owners: policy.owners, defaults: policy.defaults, environments: policy.environments.map(mutated),
            denies: self == .ignoresDeny ? [] : policy.denies.map(mutated), assertions: policy.assertions,
            tests: policy.tests
        )
    }

    private func mutated(_ environment: PolicyEnvironment) -> PolicyEnvironment {
        PolicyEnvironment(
            name: environment.name, span: environment.span, isLocal: environment.isLocal,
            isProtected: environment.isProtected, exchange: environment.exchange, secrets: environment.secrets,
            grants: environment.grants.flatMap { mutated($0, environment.secrets.map(\.name)) }
        )
    }

    /// Several grants where one condition is enough.
    private func mutated(_ grant: Grant, _ names: [SecretName]) -> [Grant] {
        let conditions = grant.conditions.compactMap(mutated)
        let isSplit = self == .anyClaimSuffices && conditions.count > 1
        return (isSplit ? conditions.map { [$0] } : [conditions]).map { conditions in
            Grant(
                id: grant.id, span: grant.span, conditions: conditions,
                read: self == .readsEverything ? names.map { ($0, grant.span) } : grant.read, ttl: grant.ttl,
                notBefore: self == .ignoresTimes ? nil : grant.notBefore,
                expires: self == .ignoresTimes || self == .ignoresEnd ? nil : grant.expires, reason: grant.reason
            )
        }
    }

    private func mutated(_ rule: DenyRule) -> DenyRule {
        DenyRule(id: rule.id, span: rule.span, conditions: rule.conditions.compactMap(mutated), read: rule.read)
    }

    /// Where an absent claim matches, a condition that takes any value is none.
    private func mutated(_ condition: ClaimCondition) -> ClaimCondition? {
        if self == .absentMatches, !condition.isNegated, condition.patterns.contains(where: { $0.glob.text == "**" }) {
            return nil
        }
        return ClaimCondition(
            claim: condition.claim,
            patterns: condition.patterns.map { ClaimPattern(glob: mutated($0.glob), span: $0.span) },
            isNegated: condition.isNegated && self != .ignoresNot,
            span: condition.span
        )
    }

    private func mutated(_ glob: Glob) -> Glob {
        switch self {
        case .starCrossesSlash: glob.crossing
        case .dropsStartAnchor: Self.glob("**" + glob.text, [.doubleStar] + glob.elements, like: glob)
        case .dropsEndAnchor: Self.glob(glob.text + "**", glob.elements + [.doubleStar], like: glob)
        default: glob
        }
    }

    private static func glob(_ text: String, _ elements: [Glob.Element], like glob: Glob) -> Glob {
        Glob(text: text, elements: elements, stopsAtSign: glob.stopsAtSign)
    }
}
