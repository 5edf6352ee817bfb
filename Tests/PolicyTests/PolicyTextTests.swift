import Testing

@Suite("What a user reads about a mistake")
struct PolicyTextTests {
    @Test("a misspelt key names the one that was meant")
    func unknownKey() {
        let draft = PolicyDraft(secrets: "KEY: { form: \"file:key\" }")
        #expect(
            PolicyDraft.rendered(draft.text) == """
                error[policy-unknown-key]: a secret has no key `form`
                 --> inject.yaml:7:14
                  |
                7 |       KEY: { form: "file:key" }
                  |              ^^^^ did you mean `from`?
                  |
                  = help: the keys are `from`, `env`, `file`, `mask`, `owner`, `max_age`, `category`

                """
        )
    }

    @Test("a misspelt claim names the one that was meant")
    func unknownClaim() {
        let draft = PolicyDraft(rest: "deny: [{ id: d, when: { enviroment: prod }, read: ci/KEY }]")
        #expect(
            PolicyDraft.rendered(draft.text) == """
                error[policy-unknown-claim]: no GitHub token has a claim `enviroment`, so this matches nothing
                  --> inject.yaml:10:25
                   |
                10 | deny: [{ id: d, when: { enviroment: prod }, read: ci/KEY }]
                   |                         ^^^^^^^^^^ did you mean `environment`?
                   |
                   = help: use a claim of GitHub's, or `repo_property_NAME`

                """
        )
    }

    @Test("an unpinned grant of a protected environment says what to add")
    func protected() {
        let draft = PolicyDraft(
            head: "repository: acme/shop\nrepository_id: \"1\"",
            environment: "protected: \"true\"",
            grants: "- { id: deploy, when: { ref: refs/heads/main }, read: KEY }"
        )
        #expect(
            PolicyDraft.rendered(draft.text) == """
                error[policy-protected]: grant `deploy` opens a protected environment without pinning `event_name` and \
                `environment` (or both `ref` and `workflow_ref`)
                  --> inject.yaml:10:15
                   |
                10 |       - { id: deploy, when: { ref: refs/heads/main }, read: KEY }
                   |               ^^^^^^
                   |
                   = help: add `event_name` and `environment` (or both `ref` and `workflow_ref`) to its `when`, without `*`

                """
        )
    }

    @Test("an unknown store lists the stores")
    func unknownStore() {
        let draft = PolicyDraft(secrets: "KEY: { from: \"vault:key\" }")
        #expect(
            PolicyDraft.rendered(draft.text) == """
                error[policy-reference]: there is no store `vault`
                 --> inject.yaml:7:20
                  |
                7 |       KEY: { from: "vault:key" }
                  |                    ^^^^^^^^^^^
                  |
                  = help: the stores are `aws-sm:`, `aws-ssm:`, `dotenv:`, `file:`, `encrypted:`

                """
        )
    }

    @Test("all mistakes are reported at once, in the order of the file")
    func order() {
        let draft = PolicyDraft(
            head: "repository: acme",
            environment: "local: maybe",
            secrets: "PATH: { from: key }\n      KEY: { from: \"file:key\", mode: x }",
            grants: "- { id: a b, when: { sub: x }, read: KYE, ttl: 2h }",
            rest: "deny: [{ id: d, read: cj/KEY }]\ntests: {}"
        )
        #expect(
            PolicyDraft.findings(draft.text).map { String($0.prefix { $0 != ":" }) } == [
                "policy-bad-value «acme»", "policy-bad-value «maybe»", "policy-reference «key»",
                "policy-unknown-key «mode»", "policy-bad-name «a b»", "policy-unknown-secret «cj/KEY»",
                "policy-wrong-kind «{}»",
            ]
        )
    }
}
