import InjectTesting
import Policy
import PolicyAnalysis
import Testing

@Suite("Whose tokens a change is about")
struct TokenGroupTests {
    /// A group of one alternative, with the conditions of an assertion.
    static func group(_ conditions: String) throws -> TokenGroup {
        let rest = "assert:\n  - { id: q, never: \(conditions), read: ci/A }"
        let grant = "- { id: g, when: { event_name: push }, read: A }"
        let policy = try Policies.parsed(Policies.draft(grants: grant, rest: rest))
        return TokenGroup(alternatives: policy.assertions.map(\.conditions))
    }

    @Test(
        "a group is named where one of its tokens exists and is among those of the change",
        arguments: [
            ("{ event_name: push, ref: refs/heads/dev }", true),
            ("{ event_name: push, ref: refs/heads/main }", false),
            ("{ event_name: push, ref: refs/heads/dev, environment: prod }", true),
            ("{ event_name: schedule }", false), ("{ ref: refs/pull/1/merge }", false),
            ("{ event_name: push, ref: \"refs/tags/**\" }", false), ("{ repository: acme/other }", false),
            ("{ workflow_ref: \"acme/shop/.github/workflows/a.yml@refs/**\" }", true),
        ]
    )
    func named(conditions: String, isNamed: Bool) throws {
        let base = try Policies.parsed(
            Policies.draft(grants: "- { id: g, when: { event_name: push, ref: refs/heads/main }, read: A }"))
        let head = try Policies.parsed(
            Policies.draft(grants: "- { id: g, when: { event_name: push, ref: \"refs/heads/**\" }, read: A }"))
        let changes = try PolicyDifference(from: base, to: head, groups: [Self.group(conditions)]).changes
        #expect(changes.map(\.groups) == [isNamed ? [0] : []])
        // What is asked changes nothing of what is said.
        let without = try PolicyDifference(from: base, to: head).changes
        #expect(changes.map(\.claims) == without.map(\.claims))
    }

    @Test("no token of a group that gains or loses is overlooked", arguments: 0..<UInt64(60))
    func overlooked(seed: UInt64) throws {
        var random = SeededRandom(seed: seed + 7000)
        let (base, head) = (try ModelTests.policy(&random), try ModelTests.policy(&random))
        let groups = try (0..<4).map { _ in
            TokenGroup(alternatives: try ModelTests.policy(&random).assertions.prefix(2).map(\.conditions))
        }
        let changes = try PolicyDifference(from: base, to: head, groups: groups).changes
        let (before, after) = (NaivePolicy(policy: base), NaivePolicy(policy: head))
        for _ in 0..<200 {
            let token = NaiveModel.token(&random)
            let now = after.allows("ci", "A", token)
            guard before.allows("ci", "A", token) != now else { continue }
            for (number, group) in groups.enumerated()
            where group.alternatives.contains(where: { after.holds($0, token, isGrant: false) }) {
                let isNamed = changes.contains {
                    ($0.direction == .gained) == now && $0.groups?.contains(number) == true
                }
                #expect(isNamed, "seed \(seed): \(token) is of group \(number)")
            }
        }
    }

    @Test("patterns that are too many leave the groups unknown, and the changes known")
    func limit() throws {
        let patterns = (0..<24).map { "\"refs/heads/*\(String(repeating: "a", count: $0))b*c*d*\"" }
        let group = try Self.group("{ ref: [\(patterns.joined(separator: ", "))] }")
        let policy = try Policies.parsed(
            Policies.draft(grants: "- { id: g, when: { event_name: push, ref: refs/heads/main }, read: A }"))
        let changes = try PolicyDifference(from: nil, to: policy, groups: [group]).changes
        #expect(changes.count == 1)
        #expect(changes.first?.groups == nil)
    }
}
