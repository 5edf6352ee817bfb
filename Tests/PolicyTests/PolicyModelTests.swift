import Diagnostics
import Policy
import Secrets
import Testing

@Suite("The model of the documented policy")
struct PolicyModelTests {
    let file: PolicyFile

    init() throws { file = try ExamplePolicy.parsed() }

    static func excerpt(_ span: SourceSpan) -> String {
        String(decoding: span.source.bytes[span.range], as: UTF8.self)
    }

    @Test("the file's own keys")
    func head() {
        #expect(file.issuer == .github)
        #expect(file.repository == "acme/shop")
        #expect(file.owners == ["@acme/platform"])
        #expect(file.defaults.ttl == 900)
        #expect(file.defaults.maximumAge == 90 * 86_400)
        #expect(file.defaults.owner == nil)
        #expect(file.implied.map(\.claim) == ["repository", "repository_id"])
        #expect(file.environments.map(\.name) == ["dev", "staging", "prod"])
        #expect(file.environments.map(\.isLocal) == [true, false, false])
        #expect(file.environments.map(\.isProtected) == [false, false, true])
    }

    @Test(
        "GitHub's and gitlab.com's URLs are the issuers that have these names, and no other URL is",
        arguments: [
            ("https://token.actions.githubusercontent.com", PolicyIssuer.github), ("https://gitlab.com", .gitlab),
            ("https://gitlab.com/", .url("https://gitlab.com/")),
            (
                "https://token.actions.githubusercontent.com/acme",
                .url("https://token.actions.githubusercontent.com/acme")
            ),
            ("https://gitlab.acme.example", .url("https://gitlab.acme.example")),
        ]
    )
    func issuers(url: String, issuer: PolicyIssuer) throws {
        let draft = PolicyDraft(head: "issuer: \(url)\nrepository: acme/shop")
        #expect(try ExamplePolicy.parsed(draft.text).issuer == issuer)
    }

    @Test(
        "a deny on a claim that no GitHub token has is found under GitHub's URL, too",
        arguments: ["github", "https://token.actions.githubusercontent.com"]
    )
    func misspelled(issuer: String) {
        let draft = PolicyDraft(
            head: "issuer: \(issuer)\nrepository: acme/shop",
            rest: "deny: [{ id: d, when: { runner_enviroment: self-hosted }, read: \"**\" }]")
        #expect(
            PolicyDraft.findings(draft.text) == [
                "policy-unknown-claim «runner_enviroment»: no GitHub token has a claim `runner_enviroment`, "
                    + "so this matches nothing"
            ])
    }

    @Test("exchanges")
    func exchanges() {
        #expect(
            file.environments.map(\.exchange) == [
                nil, .aws(role: "arn:aws:iam::111122223333:role/inject-staging", region: "eu-west-1"),
                .broker(url: "https://inject.acme.internal"),
            ]
        )
    }

    @Test("a broker's tokens are for its URL, or for whom the policy says")
    func audience() throws {
        #expect(file.environments.map(\.audience) == [nil, nil, nil])
        let draft = PolicyDraft(environment: "exchange: { broker: https://b, audience: inject }")
        let own = try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(draft.text.utf8)))
        #expect(own.environments.map(\.audience) == ["inject"])
        #expect(own.environments.map(\.exchange) == [.broker(url: "https://b")])
    }

    @Test("the nearest default wins")
    func defaults() throws {
        let prod = try #require(file.environment("prod"))
        #expect(prod.grants.map(\.ttl) == [600, 900])
        #expect(prod.secrets.map(\.maximumAge) == [30 * 86_400, 90 * 86_400])
        #expect(prod.secrets.map(\.owner) == ["@acme/payments", nil])
        #expect(prod.secrets.map(\.category) == ["database", nil])
    }

    @Test("references and deliveries")
    func secrets() throws {
        let prod = try #require(file.environment("prod"))
        let key = try #require(SecretName("TLS_KEY"))
        let path = try #require(SecretName("TLS_KEY_FILE"))
        #expect(prod.secrets[1].reference == .secretsManager(id: "shop/prod/tls", key: "key", version: nil))
        #expect(prod.secrets[1].from == "aws-sm:shop/prod/tls#key")
        let privateFile = SecretFile(path: "tls/server.key", mode: 0o400, pathVariable: path)
        #expect(prod.secrets[1].delivery == SecretDelivery(variable: key, file: privateFile))
        #expect(prod.secrets.allSatisfy { $0.isMasked })
    }

    @Test("a file alone, a new name and an unmasked value")
    func deliveries() throws {
        let secrets = """
            A: { from: "file:a", env: "false", file: { path: a, mode: "0600" } }
                  B: { from: "file:b", env: C, mask: "false", file: { path: b } }
            """
        let file = try ExamplePolicy.parsed(PolicyDraft(secrets: secrets, grants: "[]").text)
        let found = file.environments[0].secrets
        #expect(found.map { $0.delivery.variable?.text } == [nil, "C"])
        #expect(found.map { $0.delivery.file?.pathVariable.text } == ["A_FILE", "C_FILE"])
        #expect(found.map { $0.delivery.file?.mode } == [0o600, 0o400])
        #expect(found.map(\.isMasked) == [true, false])
    }

    @Test("break-glass has its reason and its times")
    func breakGlass() throws {
        let grant = try #require(file.environment("prod")?.grants[1])
        #expect(grant.isBreakGlass)
        #expect(grant.reason == "INC-2481 restore, approved by @dana")
        #expect(grant.notBefore.map(Timestamp.text) == "2026-11-23T20:00:00Z")
        #expect(grant.expires.map(Timestamp.text) == "2026-11-24T02:00:00Z")
    }

    @Test("assertions keep their kind and their paths")
    func assertions() {
        #expect(file.assertions.map(\.kind) == [.never, .only, .possible])
        #expect(file.assertions.map(\.id) == ["no-pr-reads-prod", "prod-needs-a-gate", "deploy-still-works"])
        #expect(file.assertions.map { $0.read.map(\.text) } == [["prod/**"], ["prod/**"], ["prod/DATABASE_URL"]])
        #expect(file.assertions[0].conditions.map { $0.patterns.count } == [4])
    }

    @Test("every pattern, claim and id knows its place in the text")
    func spans() {
        let conditions =
            file.environments.flatMap { $0.grants.flatMap(\.conditions) } + file.denies.flatMap(\.conditions)
            + file.assertions.flatMap(\.conditions)
        #expect(conditions.count == 18)
        for condition in conditions {
            #expect(Self.excerpt(condition.span) == condition.claim)
            for pattern in condition.patterns {
                #expect(Self.excerpt(pattern.span).filter { $0 != "\"" } == pattern.glob.text)
            }
        }
        for grant in file.environments.flatMap(\.grants) {
            #expect(Self.excerpt(grant.span) == grant.id)
            for read in grant.read { #expect(Self.excerpt(read.span) == read.name.text) }
        }
    }
}
