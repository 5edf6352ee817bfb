import Policy

/// All the worlds in which a question about policies is answered.
///
/// The atoms are made once, and every question is then a matter of bit sets.
struct Space: Sendable {
    let modelled: [World]
    let unmodelled: World?
    /// The claims that some condition is about.
    let claims: Set<String>
    /// What the questions in it may cost together.
    let budget = PieceBudget()

    /// The space of every condition in these policies, their assertions included.
    init(_ policies: [PolicyFile], with more: [ClaimCondition] = []) throws(AnalysisLimit) {
        var vocabulary = Vocabulary(policies)
        vocabulary.add(more)
        let environments = policies.flatMap { policy in policy.environments.map { (policy, $0) } }
        var modelled: [World] = []
        if environments.contains(where: { Self.isModelled($0, $1) }) {
            for layout in Layout.needed(for: vocabulary.claims) {
                modelled.append(try World(layout, vocabulary))
            }
        }
        self.modelled = modelled
        claims = vocabulary.claims
        let isNeeded = environments.contains { !Self.isModelled($0, $1) }
        unmodelled = isNeeded ? try World(.unmodelled, vocabulary) : nil
    }

    /// The space of GitHub's tokens, for conditions of no policy.
    init(modelling conditions: [ClaimCondition]) throws(AnalysisLimit) {
        var vocabulary = Vocabulary([])
        vocabulary.add(conditions)
        var modelled: [World] = []
        for layout in Layout.needed(for: vocabulary.claims) { modelled.append(try World(layout, vocabulary)) }
        self.modelled = modelled
        claims = vocabulary.claims
        unmodelled = nil
    }

    /// Whether the tokens of an environment are GitHub's; a local issuer's can claim anything.
    static func isModelled(_ policy: PolicyFile, _ environment: PolicyEnvironment) -> Bool {
        policy.issuer == .github && !environment.isLocal
    }

    /// The worlds of an environment's tokens.
    func worlds(_ policy: PolicyFile, _ environment: PolicyEnvironment) -> [World] {
        Self.isModelled(policy, environment) ? modelled : unmodelled.map { [$0] } ?? []
    }
}
