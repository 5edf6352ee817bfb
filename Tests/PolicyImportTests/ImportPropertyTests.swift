import Diagnostics
import Foundation
import InjectTesting
import OIDC
import Policy
import PolicyImport
import Testing

/// Random policies of other systems against random tokens: whoever ours lets in, theirs let in.
@Suite("Imports of random policies")
struct ImportPropertyTests {
    private static let isLong = ProcessInfo.processInfo.environment["INJECT_LONG_TESTS"] != nil
    static let seeds: Range<UInt64> = 0..<(isLong ? 20_000 : 600)

    /// A token as GitHub makes it: a repository that was made or renamed lately has the `sub` with ids.
    static func token(_ random: inout SeededRandom) -> [String: String] {
        func pick(_ texts: [String]) -> String { texts[random.below(texts.count)] }
        let (repository, id, owner) = [
            ("acme/shop", "456789", "1"), ("acme/shop", "456789", "1"), ("acme/shop", "9", "1"),
            ("acme/shoe", "8", "1"),
            ("evil/shop", "7", "2"), ("acme/shop-evil", "6", "1"),
        ][random.below(6)]
        let event = pick(["push", "pull_request", "create", "pull_request_target", "schedule"])
        var claims = [
            "repository": repository, "repository_id": id, "repository_owner_id": owner, "event_name": event,
            "ref": pick(["refs/heads/main", "refs/heads/a/main", "refs/tags/v1", "refs/heads/v1", "refs/pull/7/merge"]),
            "actor": pick(["octocat", "octopus", "mallory"]),
        ]
        if random.below(2) == 0 { claims["environment"] = pick(["prod", "dev", "a:b", "prod:x", "preview/1"]) }
        let subject = GitHubSubject { claims[$0] }
        claims["sub"] = (id == "456789" ? subject?.classic : subject?.immutable) ?? ""
        return claims
    }

    /// Tokens that ours lets in and theirs does not, and how many both let in.
    static func widened(
        _ seed: UInt64, mutated: (String) -> String = { $0 }
    ) throws -> (tokens: [String], common: Int) {
        var random = SeededRandom(seed: seed)
        let foreign = ForeignPolicy.random(&random)
        let source = SourceText(name: "foreign", bytes: Array(foreign.text.utf8))
        let imported = try ImportedPolicy(source, from: foreign.system, repositoryID: "456789")
        let text = mutated(try imported.text(repository: "acme/shop"))
        let policy = try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
        var (found, common): ([String], Int) = ([], 0)
        for _ in 0..<60 {
            let token = token(&random)
            guard allows(policy, token) else { continue }
            if lets(foreign, token) {
                common += 1
            } else {
                found.append("seed \(seed): \(token.sorted { $0.key < $1.key })\n\(foreign.text)\n\(text)")
            }
        }
        return (found, common)
    }

    /// A repository keeps its number when its `sub` changes its form, so either form of the same token counts.
    private static func lets(_ foreign: ForeignPolicy, _ token: [String: String]) -> Bool {
        guard token["repository_id"] == "456789", let subject = GitHubSubject({ token[$0] }) else {
            return foreign.lets(token)
        }
        return [subject.classic, subject.immutable].compactMap(\.self).contains { form in
            foreign.lets(token.merging(["sub": form]) { $1 })
        }
    }

    private static func allows(_ policy: PolicyFile, _ token: [String: String]) -> Bool {
        let claims = ClaimSet(
            assumed: token.filter { $0.key != "sub" }.map { (Array($0.key.utf8), Array($0.value.utf8)) })
        return policy.environments.contains { environment in
            policy.decisions(in: environment, claims: claims, at: 0).contains(where: \.isAllowed)
        }
    }

    @Test("let in nobody else, and many of those who were let in")
    func neverWider() throws {
        var common = 0
        for seed in Self.seeds {
            let (found, count) = try Self.widened(seed)
            #expect(found.isEmpty, "\(found.first ?? "")")
            common += count
        }
        #expect(common > Self.seeds.count)
    }

    @Test(
        "each way to widen an import is noticed",
        arguments: [
            ("repository_id: \"456789\"", "repository_id: [\"456789\", \"9\"]"),
            ("environment: \"prod\"", "actor: \"**\""),
            ("/*\"", "/**\""), ("when: { environment: \"**\" }", "when: { environment: \"no\" }"),
            ("event_name: \"pull_request\"", "event_name: [\"pull_request\", \"push\"]"),
            ("ref: \"refs/heads/main\"", "ref: \"refs/**\""),
        ]
    )
    func mutants(part: String, wider: String) throws {
        let noticed = try Self.seeds.first { seed in
            try !Self.widened(seed) { $0.replacing(part, with: wider) }.tokens.isEmpty
        }
        #expect(noticed != nil)
    }
}
