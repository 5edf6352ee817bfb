import Diagnostics
import Policy
import YAMLSyntax

extension Micro {
    /// One decision among 10, 1,000 and 10,000 grants, by index and without; and what it costs to prepare the index.
    static func decisions() throws -> [Step] {
        let sizes = [10, 1_000, 10_000]
        let deny = "deny:\n  - { id: d, when: { runner_environment: self-hosted }, read: \"prod/**\" }\n"
        let policies = try sizes.map { try policy(grants: $0, rest: deny) }
        let indices = policies.map(PolicyIndex.init)
        var steps: [Step] = []
        for (number, size) in sizes.enumerated() {
            let tokens = [size / 2 - size / 2 % 3, size / 2 - size / 2 % 3 + 1, size].map(token)
            let index = indices[number]
            steps.append(
                Step(name: "decide 3 tokens, \(size) grants", repetitions: 300) {
                    for claims in tokens {
                        _ = index.outcome(environment: "prod", secret: "KEY", claims: claims, at: 0)
                    }
                })
        }
        for (number, size) in sizes.enumerated() {
            let (policy, claims) = (policies[number], token(size))
            steps.append(
                Step(name: "explain 1 token, \(size) grants", repetitions: max(1, 1_000 / size)) {
                    _ = policy.decide(environment: "prod", secret: "KEY", claims: claims, at: 0)
                })
            steps.append(
                Step(name: "prepare the index of \(size) grants", repetitions: max(1, 1_000 / size)) {
                    _ = PolicyIndex(policy)
                })
        }
        return steps
    }

    /// A policy in which a third of the grants have a pattern and the others are exact, with rules behind them.
    static func policy(grants: Int, rest: String) throws -> PolicyFile {
        var text = "version: \"1\"\nrepository: acme/shop\nrepository_id: \"456789\"\nenvironments:\n  prod:\n"
        text += "    secrets:\n      KEY: { from: \"aws-sm:key\" }\n    grants:\n"
        for number in 0..<grants {
            let ref = number % 3 == 0 ? "\"refs/heads/team-\(number)/*\"" : "refs/heads/release-\(number)"
            let when = "event_name: push, ref: \(ref), environment: prod-\(number % 20)"
            text += "      - { id: g\(number), when: { \(when) }, read: KEY }\n"
        }
        text += rest
        let source = SourceText(name: "inject.yaml", bytes: Array(text.utf8))
        return try PolicyFile.parse(source, limits: YAMLLimits(bytes: 1 << 24, depth: 16, nodes: 1 << 20))
    }

    /// A token of a grant; one for each number.
    private static func token(_ number: Int) -> ClaimSet {
        let ref = number % 3 == 0 ? "refs/heads/team-\(number)/x" : "refs/heads/release-\(number)"
        let claims = [
            ("repository", "acme/shop"), ("repository_id", "456789"), ("event_name", "push"), ("ref", ref),
            ("environment", "prod-\(number % 20)"), ("runner_environment", "github-hosted"), ("actor", "octocat"),
        ]
        return ClaimSet(assumed: claims.map { (Array($0.utf8), Array($1.utf8)) })
    }
}
