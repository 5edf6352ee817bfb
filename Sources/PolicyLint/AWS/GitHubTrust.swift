internal import AWSClient
internal import Diagnostics
internal import PolicyAnalysis

/// A statement that lets GitHub's jobs become a role, or keeps them from it.
struct GitHubTrust: Sendable {
    let statement: IAMStatement
    /// The jobs that it lets in; nil where a limit was hit.
    let jobs: [TrustedJob]?
    /// Its conditions on claims, each with what it means.
    let claims: [(condition: IAMCondition, meaning: TrustCondition)]

    /// Four times what AWS takes of a trust policy; a longer one is not analysed.
    private static let longest = 4 * 4_096

    /// The statements of a document that let jobs in.
    static func statements(of document: IAMDocument) -> [GitHubTrust] {
        let own = document.statements.filter(isAboutGitHub).map { ($0, claims(of: $0)) }
        let rules = own.map { statement, claims in rule(statement, claims) }
        let trust = RoleTrust(statements: rules)
        return zip(own, rules).filter { !$1.isDeny }.map { own, rule in
            GitHubTrust(
                statement: own.0,
                jobs: document.length > longest ? nil : try? trust.jobs(of: rule),
                claims: own.1
            )
        }
    }

    /// The conditions on a claim that a token without it does not meet.
    func firm(_ claim: String) -> [(condition: IAMCondition, meaning: TrustCondition)] {
        claims.filter { $0.meaning.claim == claim && !$0.meaning.isNegated && !$0.meaning.allowsAbsence }
    }

    // MARK: - Reading

    static let host = String(GitHubConditionKeys.prefix.dropLast())

    /// Whose provider is not known counts if the conditions are on GitHub's claims.
    private static func isAboutGitHub(_ statement: IAMStatement) -> Bool {
        guard statement.covers("sts:AssumeRoleWithWebIdentity") else { return false }
        let asksGitHub = statement.conditions.contains { claim(of: $0) != nil }
        return statement.principals.contains { principal in
            let text = principal.text.lowercased()
            if text.contains("github") || text == "*" && principal.isKnown { return true }
            return asksGitHub && (!principal.isKnown || text.contains("${"))
        }
    }

    /// The claim that a condition is on; nil for any other key.
    private static func claim(of condition: IAMCondition) -> String? {
        let key = condition.key.text.lowercased()
        guard key.hasPrefix(host), let colon = key.lastIndex(of: ":") else { return nil }
        return String(key[key.index(after: colon)...])
    }

    private static func claims(of statement: IAMStatement) -> [(condition: IAMCondition, meaning: TrustCondition)] {
        statement.conditions.compactMap { condition in
            guard let claim = claim(of: condition), let test = IAMOperator(condition.test.text) else { return nil }
            return (condition, test.condition(on: claim, condition))
        }
    }

    /// What a statement that allows asks for and the analysis does not see makes it narrower, and what one that denies
    /// asks for makes it weaker: the first is left out, and the second is marked.
    private static func rule(
        _ statement: IAMStatement,
        _ claims: [(condition: IAMCondition, meaning: TrustCondition)]
    ) -> RoleTrust.Statement {
        let seen = GitHubConditionKeys.claims + ["aud", "sub"]
        let clear = claims.filter { claim in
            let isSeen = seen.contains(claim.meaning.claim)
            let isKnown = claim.condition.values.allSatisfy { $0.isKnown && !$0.text.contains("${") }
            guard statement.isDeny else { return isSeen || !claim.meaning.isNegated && !claim.meaning.allowsAbsence }
            return isSeen && isKnown && claim.meaning.claim != "aud"
        }
        return RoleTrust.Statement(
            isDeny: statement.isDeny,
            conditions: clear.map(\.meaning),
            asksForMore: clear.count < statement.conditions.count
        )
    }
}
