import InjectTesting
import Policy
import PolicyAnalysis
import Testing

@Suite("The model of GitHub's tokens")
struct ModelTests {
    /// A policy over claims of GitHub, with assertions.
    static func policy(_ random: inout SeededRandom) throws -> PolicyFile {
        let patterns = [
            "event_name": ["push", "pull_request", "workflow_dispatch", "pull_request_*", "**"],
            "ref": ["refs/heads/main", "refs/heads/*", "refs/heads/**", "refs/tags/*", "refs/pull/*/merge", "**"],
            "environment": ["prod", "dev", "prod*"],
            "workflow_ref": [
                "acme/shop/.github/workflows/deploy.yml@refs/heads/main", "acme/shop/.github/workflows/*@refs/heads/*",
                "acme/shop/.github/workflows/ci.yml@refs/**",
            ],
        ]
        func conditions(_ allowsNegation: Bool) -> String {
            var parts: [String] = []
            for claim in patterns.keys.sorted() where random.below(2) == 0 {
                let all = patterns[claim] ?? []
                let chosen = (0...random.below(2)).map { _ in "\"\(all[random.below(all.count)])\"" }
                let list = "[\(chosen.joined(separator: ", "))]"
                parts.append("\(claim): " + (allowsNegation && random.below(4) == 0 ? "{ not: \(list) }" : list))
            }
            return "{ \((parts.isEmpty ? ["event_name: push"] : parts).joined(separator: ", ")) }"
        }
        let grants = (0...random.below(3)).map { "- { id: g\($0), when: \(conditions(false)), read: A }" }
        var rest = random.below(2) == 0 ? "" : "deny:\n  - { id: d, when: \(conditions(true)), read: \"ci/**\" }\n"
        rest += "assert:\n"
        for number in 0..<8 {
            let kind = ["never", "only", "possible"][random.below(3)]
            rest += "  - { id: q\(number), \(kind): \(conditions(true)), read: ci/A }\n"
        }
        return try Policies.parsed(Policies.draft(grants: grants.joined(separator: "\n      "), rest: rest))
    }

    @Test("no token that exists is overlooked, and every witness could exist", arguments: 0..<UInt64(60))
    func tokens(seed: UInt64) throws {
        var random = SeededRandom(seed: seed + 400)
        let policy = try Self.policy(&random)
        let naive = NaivePolicy(policy: policy)
        let prover = try PolicyProver(policy)
        let readers = (0..<150).map { _ in NaiveModel.token(&random) }.filter { naive.allows("ci", "A", $0) }
        for assertion in policy.assertions {
            let proof = try prover.proof(of: assertion)
            switch proof.outcome {
            case .proved(let exhibit?), .refuted(let exhibit?):
                let token = Dictionary(uniqueKeysWithValues: exhibit.witness.claims.map { ($0.name, $0.value) })
                #expect(NaiveModel.accepts(token), "seed \(seed), \(assertion.id): \(token)")
                #expect(naive.allows("ci", "A", token, at: exhibit.witness.at) && naive.shows(assertion, token))
            case .proved(nil):
                #expect(!readers.contains { naive.shows(assertion, $0) }, "seed \(seed), \(assertion.id)")
            case .refuted(nil):
                let documented = readers.filter { $0["head_ref"] == "" || $0["ref"]?.hasPrefix("refs/pull/") == true }
                #expect(!documented.contains { naive.shows(assertion, $0) }, "seed \(seed), \(assertion.id)")
            }
        }
    }

    @Test("the source of tokens makes tokens that the check accepts")
    func source() {
        var random = SeededRandom(seed: 8)
        for _ in 0..<500 {
            let token = NaiveModel.token(&random)
            #expect(NaiveModel.accepts(token), "\(token)")
        }
    }

    @Test(
        "what a token cannot be is in no row",
        arguments: [
            "{ event_name: push, ref: refs/pull/7/merge }",
            "{ event_name: pull_request_target, ref: \"refs/tags/**\" }",
            "{ event_name: push, ref: refs/heads// }", "{ event_name: push, ref: refs/heads/a..b }",
            "{ event_name: push, ref: refs/heads/main, ref_type: tag }", "{ event_name: push, head_ref: \"a*\" }",
            "{ event_name: push, ref: refs/heads/a, workflow_ref: \"acme/shop/.github/workflows/*@refs/heads/b\" }",
            "{ event_name: merge_group, ref: refs/heads/main }", "{ runner_environment: mine }",
            "{ event_name: push, workflow_ref: \"acme/shop/dynamic/**\" }",
            "{ event_name: dynamic, workflow_ref: \"acme/shop/dynamic/a@refs/heads/b\", ref: refs/heads/a }",
            "{ repository_owner: acne }", "{ repository_visibility: secret }", "{ sha: abc }",
        ]
    )
    func unreal(when: String) throws {
        #expect(try Policies.proof(grant: when, "never: { event_name: \"**\" }") == "proved")
    }

    @Test(
        "what a token can be is in a row, expected or not",
        arguments: [
            "{ event_name: pull_request, ref: refs/heads/main }",
            "{ event_name: deployment, ref: \"**\", head_ref: \"**\" }",
            "{ event_name: dynamic, ref: refs/heads/main }", "{ event_name: push, environment: \"a:b c\" }",
            "{ event_name: push, job_workflow_ref: \"acme/ci/.github/workflows/a.yml@v1\" }",
            "{ event_name: push, job_workflow_ref: \"acme/shop/.github/workflows/a.yml@refs/heads/main\" }",
            "{ event_name: push, workflow_ref: \"acme/shop/.github/workflows/a b.yml@refs/heads/main\" }",
            "{ event_name: push, workflow_ref: \"acme/shop/.github/workflows/a@b.yml@refs/heads/main\" }",
            "{ event_name: push, repo_property_team: a }", "{ event_name: push, enterprise: acme }",
            "{ event_name: deployment, workflow_ref: \"acme/shop/.github/workflows/a.yml@d06e49a10f*\" }",
            "{ event_name: dynamic, workflow_ref: \"acme/shop/dynamic/pages/pages-build-deployment@refs/heads/main\" }",
            "{ workflow_ref: acme/shop/dynamic/copilot-swe-agent/copilot@refs/heads/copilot/a, ref: \"refs/heads/copilot/*\" }",
        ]
    )
    func real(when: String) throws {
        #expect(try Policies.proof(grant: when, "never: { event_name: \"**\" }").hasPrefix("refuted"))
    }
}
