import Policy

/// Looks for the tokens that a statement of a trust policy lets in.
struct TrustSearch {
    private let trust: RoleTrust
    private let statement: RoleTrust.Statement
    private let offers: [Offer]
    private let denials: [[ClaimCondition]]
    private let space: Space
    private let conditioned: Set<String>

    /// One way to meet all conditions at once.
    private struct Offer {
        var conditions: [ClaimCondition]
        var form: SubjectForm?
        var context: SubjectContext?

        /// Both together; nil where `sub` would have to be two things at once.
        func joined(_ other: Offer) -> Offer? {
            guard form == nil || other.form == nil || form == other.form,
                context == nil || other.context == nil || context == other.context
            else { return nil }
            return Offer(
                conditions: conditions + other.conditions,
                form: form ?? other.form,
                context: context ?? other.context
            )
        }
    }

    init(_ trust: RoleTrust, _ statement: RoleTrust.Statement) throws(AnalysisLimit) {
        self.trust = trust
        self.statement = statement
        offers = try Self.offers(of: statement)
        denials = trust.firmDenies.filter { $0.conditions.allSatisfy { $0.claim != "sub" } }.flatMap { denial in
            denial.conditions.filter { $0.claim != "aud" }.map(\.alternatives).reduce([[]]) { lists, next in
                lists.flatMap { list in next.map { list + $0 } }
            }
        }
        let conditions = offers.flatMap(\.conditions) + denials.joined()
        space = try Space(modelling: conditions)
        conditioned = Set(conditions.map(\.claim))
    }

    func jobs() throws -> [TrustedJob] {
        var found: [TrustedJob] = []
        for world in space.modelled {
            let denied = denials.map(world.cube)
            for (row, tokens) in world.rows {
                guard let row, !found.contains(where: { $0.row.name == row.name }) else { continue }
                if let job = try job(tokens, row, world, denied) { found.append(job) }
            }
        }
        // What GitHub may add later is worth a line only where nothing else gets in.
        let known = found.filter { $0.row.status != .assumed }
        return known.isEmpty ? found : known
    }

    private func job(_ tokens: Cube, _ row: TokenRow, _ world: World, _ denied: [Cube]) throws -> TrustedJob? {
        for offer in offers {
            guard let asked = tokens.intersection(world.cube(offer.conditions)) else { continue }
            let search = CubeSearch(space.budget)
            guard let cube = try search.first(of: asked, without: denied[...]) else { continue }
            let witness = Witness(
                cube,
                in: world,
                row,
                conditioned: conditioned,
                relevant: Set(statement.conditions.map(\.claim)).union(["repository"]),
                repository: nil
            )
            let job = TrustedJob(row: row, witness: witness, subject: subject(of: witness, offer))
            if try confirms(job) { return job }
        }
        return nil
    }

    /// Whether IAM's own reading of the token agrees; only a denial of its `sub` may have the last word.
    private func confirms(_ job: TrustedJob) throws(AnalysisError) -> Bool {
        let claims = job.witness.claims + [("sub", job.subject)]
        let token = ClaimSet(assumed: claims.map { (Array($0.name.utf8), Array($0.value.utf8)) })
        if trust.lets(token, in: statement) { return true }
        let isExact = !statement.conditions.contains { $0.claim == "sub" && $0.isNegated }
        guard statement.holds(for: token) || !isExact else {
            throw .unconfirmed("\(job.witness.text) sub=\(job.subject)")
        }
        return false
    }

    private func subject(of witness: Witness, _ offer: Offer) -> String {
        let claim = { (name: String) in witness.claims.first { $0.name == name }?.value }
        let context = offer.context ?? SubjectContext(claim)
        let repository = (claim("repository") ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        let start = (offer.form ?? .classic).parts.map { part in
            switch part {
            case .text(let text): text
            case .owner: repository.first ?? ""
            case .name: repository.last ?? ""
            case .ownerID: claim("repository_owner_id") ?? ""
            case .repositoryID: claim("repository_id") ?? ""
            }
        }
        return start.joined() + context.text(claim)
    }

    // MARK: - Ways to meet the conditions

    private static func offers(of statement: RoleTrust.Statement) throws(AnalysisLimit) -> [Offer] {
        var offers = [Offer(conditions: [])]
        for condition in statement.conditions where condition.claim != "aud" {
            let next = try self.offers(of: condition)
            offers = offers.flatMap { offer in next.compactMap(offer.joined) }
            guard offers.count <= SubjectSplit.maximum else {
                throw AnalysisLimit(reason: "a statement can be met in too many ways")
            }
        }
        return offers
    }

    private static func offers(of condition: TrustCondition) throws(AnalysisLimit) -> [Offer] {
        guard condition.claim == "sub" else { return condition.alternatives.map { Offer(conditions: $0) } }
        // Every token has a `sub`, and one that no pattern matches is easily found.
        guard !condition.isNegated else { return [Offer(conditions: [])] }
        var offers: [Offer] = []
        for value in condition.values {
            for form in SubjectForm.allCases {
                for way in try SubjectSplit.ways(value.elements, form) { offers.append(offer(way, form, value)) }
            }
        }
        return offers
    }

    private static func offer(_ way: SubjectSplit.Way, _ form: SubjectForm, _ value: TrustCondition.Value) -> Offer {
        let condition = { (claim: String, elements: [[Glob.Element]], isNegated: Bool) in
            ClaimCondition(
                claim: claim,
                patterns: elements.map { ClaimPattern(glob: Glob(elements: $0, text: value.text), span: value.span) },
                isNegated: isNegated,
                span: value.span
            )
        }
        let slash = [Glob.Element.byte(UInt8(ascii: "/"))]
        var conditions = [
            condition("repository", [(way.parts[.owner] ?? []) + slash + (way.parts[.name] ?? [])], false)
        ]
        if let id = way.parts[.ownerID] { conditions.append(condition("repository_owner_id", [id], false)) }
        if let id = way.parts[.repositoryID] { conditions.append(condition("repository_id", [id], false)) }
        let words = { (events: [String]) in events.map { $0.utf8.map(Glob.Element.byte) } }
        if way.context == .environment {
            conditions.append(condition("environment", [way.value], false))
        } else {
            conditions.append(condition("environment", [[.doubleStar]], true))
        }
        // Whether `pull_request_target` and reviews are pull requests here is not documented: either may be.
        if way.context == .ref {
            conditions += [
                condition("ref", [way.value], false), condition("event_name", words(["pull_request"]), true),
            ]
        } else if way.context == .pullRequest {
            conditions.append(condition("event_name", words(GitHubEvents.other), true))
        }
        return Offer(conditions: conditions, form: form, context: way.context)
    }
}
