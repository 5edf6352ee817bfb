import Policy

/// A token that shows an answer, complete, with a secret that it may read; the evaluator has confirmed it.
package struct Witness: Sendable {
    /// The claims.
    package let claims: [(name: String, value: String)]
    /// The claims that the answer hangs on, by name.
    package let relevant: Set<String>
    /// The second that the answer is about.
    package let at: Int64
    /// The row of the model that the token is of; nil for an issuer without a model.
    package let row: TokenRow?

    /// Takes the shortest token of a cube; a claim in `conditioned` that it has no value for is absent.
    init(
        _ cube: Cube, in world: World, _ row: TokenRow?, conditioned: Set<String>, relevant: Set<String>,
        repository: String?
    ) {
        let given = world.claims(in: cube).map { (name: $0.name, value: String(decoding: $0.value, as: UTF8.self)) }
        let fixed = conditioned.union(given.map(\.name))
        self.relevant = relevant
        self.row = row
        claims = row.map { Self.completed(given, fixed, $0, repository) } ?? given
        at = cube.sets.last?.first.map(world.second) ?? 0
    }

    private static func completed(
        _ given: [(name: String, value: String)], _ fixed: Set<String>, _ row: TokenRow, _ repository: String?
    ) -> [(name: String, value: String)] {
        let event = row.events.first { $0 != "any other" } ?? "push"
        return TokenCompletion(given, fixed: fixed, event: event, ref: row.exampleRef, repository: repository).claims
    }

    /// The claims as the evaluator takes them.
    var claimSet: ClaimSet {
        ClaimSet(assumed: claims.map { (name: Array($0.name.utf8), value: Array($0.value.utf8)) })
    }

    /// The claims that matter, in one line: `event_name=push ref=refs/heads/main`.
    package var text: String {
        let first = ["event_name", "ref", "environment", "workflow_ref"]
        let shown = claims.filter { relevant.contains($0.name) || first.prefix(2).contains($0.name) }
        let sorted = shown.sorted { left, right in
            let places = [left, right].map { claim in first.firstIndex { $0 == claim.name } ?? first.count }
            return (places[0], left.name) < (places[1], right.name)
        }
        let absent = relevant.contains("environment") && !claims.contains { $0.name == "environment" }
        return sorted.map { "\($0.name)=\(Self.quoted($0.value))" }.joined(separator: " ")
            + (absent ? " (no environment)" : "")
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x27 }
        guard !isPlain else { return value }
        let scalars = value.unicodeScalars.map { (0x20...0x7E).contains($0.value) && $0 != "'" ? $0 : "?" }
        return "'\(String(String.UnicodeScalarView(scalars)))'"
    }
}
