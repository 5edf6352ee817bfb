extension PolicyFile {
    /// The conditions that a grant carries without writing them: the file's repository, and its ids where given.
    ///
    /// A claim that the grant names itself is not implied. A grant that names another repository is not held to the id
    /// of the file's either: no token has both.
    package func impliedConditions(of grant: Grant) -> [ClaimCondition] {
        let isForeign = namesAnotherRepository(grant)
        let id = issuer.repositoryClaims.id
        return implied.filter { condition in
            grant.condition(on: condition.claim) == nil && !(isForeign && condition.claim == id)
        }
    }

    private func namesAnotherRepository(_ grant: Grant) -> Bool {
        guard let named = grant.condition(on: issuer.repositoryClaims.name), let repository else { return false }
        return named.patterns.contains { !$0.glob.text.utf8.elementsEqual(repository.utf8) }
    }
}

extension Grant {
    /// The condition that the grant itself puts on a claim.
    package func condition(on claim: String) -> ClaimCondition? {
        // Rules ask for many claims that a grant does not have, and most differ in length.
        conditions.first { $0.claim.utf8.count == claim.utf8.count && $0.claim.utf8.elementsEqual(claim.utf8) }
    }
}
