package import Policy

/// Tokens that somebody wants to know about, such as those of one job: a token belongs to them if it meets all conditions of
/// one of the alternatives.
package struct TokenGroup: Sendable {
    /// The alternatives.
    package let alternatives: [[ClaimCondition]]

    /// Makes a group.
    package init(alternatives: [[ClaimCondition]]) {
        self.alternatives = alternatives
    }

    /// The group as far as conditions on these claims can tell.
    func restricted(to claims: Set<String>) -> TokenGroup {
        TokenGroup(alternatives: alternatives.map { $0.filter { claims.contains($0.claim) } })
    }

    /// Whether a set of tokens that exist holds one of the group.
    func meets(_ piece: Cube, in world: World) -> Bool {
        alternatives.contains { conditions in
            guard let both = world.cube(conditions).intersection(piece) else { return false }
            return world.rows.contains { !$0.cube.isDisjoint(with: both) }
        }
    }
}
