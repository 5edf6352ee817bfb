import Policy

/// Whom a role of AWS trusts by GitHub's tokens, as its trust policy says it.
package struct RoleTrust: Sendable {
    /// One statement about GitHub's tokens.
    package struct Statement: Sendable {
        /// Whether it denies.
        package let isDeny: Bool
        /// What must hold, all of it; what asks for something else than GitHub's claims is not among them.
        package let conditions: [TrustCondition]
        /// Whether it asks for something that is not among the conditions.
        package let asksForMore: Bool

        /// Makes a statement.
        package init(isDeny: Bool, conditions: [TrustCondition], asksForMore: Bool) {
            self.isDeny = isDeny
            self.conditions = conditions
            self.asksForMore = asksForMore
        }

        /// Whether a token meets all conditions; whatever else is asked for is taken as given.
        func holds(for claims: ClaimSet) -> Bool {
            conditions.allSatisfy { $0.claim == "aud" || $0.holds(for: claims[$0.claim]) }
        }
    }

    /// The statements; one that allows is enough, and one that denies wins.
    package let statements: [Statement]

    /// Makes a trust policy of its statements.
    package init(statements: [Statement]) { self.statements = statements }

    /// The jobs that a statement lets in: for each kind of token at most one, the one with the shortest claims.
    ///
    /// What the analysis cannot see, such as another condition of the statement, is taken to hold, so there may be a job
    /// too many and never one too few. Audiences are the job's own choice and left out.
    package func jobs(of statement: Statement) throws(AnalysisError) -> [TrustedJob] {
        do {
            return try TrustSearch(self, statement).jobs()
        } catch let limit as AnalysisLimit {
            throw .unknown(limit)
        } catch let error as AnalysisError {
            throw error
        } catch {
            throw .unknown(AnalysisLimit(reason: "\(error)"))
        }
    }

    /// Whether a token gets in by a statement.
    func lets(_ claims: ClaimSet, in statement: Statement) -> Bool {
        statement.holds(for: claims) && !firmDenies.contains { $0.holds(for: claims) }
    }

    /// The denials that hang on nothing but claims.
    var firmDenies: [Statement] { statements.filter { $0.isDeny && !$0.asksForMore } }
}
