import Diagnostics
import InjectTesting
import Policy
import Testing

@Suite("Policies that are refused")
struct PolicyRefusalTests {
    typealias Row = (draft: PolicyDraft, expected: String)

    static func secret(_ text: String) -> PolicyDraft { PolicyDraft(secrets: "KEY: \(text)") }

    static func file(_ text: String) -> PolicyDraft { secret("{ from: \"file:key\", file: \(text) }") }

    static func grant(_ text: String) -> PolicyDraft { PolicyDraft(grants: "- { \(text) }") }

    static func when(_ text: String) -> PolicyDraft { grant("id: a, when: \(text), read: KEY") }

    static func rule(_ text: String) -> PolicyDraft { PolicyDraft(rest: text) }

    static func locked(_ grant: String, _ head: String = "repository_id: \"1\"") -> PolicyDraft {
        PolicyDraft(
            head: "repository: acme/shop\n" + head, environment: "protected: \"true\"", grants: "- { \(grant) }")
    }

    static let file: [Row] = [
        (
            PolicyDraft(head: ""),
            "policy-missing-key «version: \"1\"»: the policy needs `repository`, or a job of any repository on GitHub could use its grants"
        ),
        (
            PolicyDraft(head: "issuer: gitlab"),
            "policy-missing-key «version: \"1\"»: the policy needs `repository`, or a job of any repository on GitLab could use its grants"
        ),
        (PolicyDraft(head: "repository: acme"), "policy-bad-value «acme»: no token's repository is `acme`"),
        (
            PolicyDraft(head: "repository: \"acme/*\""),
            "policy-pattern «\"acme/*\"»: `repository` is one exact value, and `acme/*` is not"
        ),
        (
            PolicyDraft(head: "repository: acme/\u{430}pp"),
            "policy-pattern «acme/\u{430}pp»: `repository` is one exact value, and `acme/\u{430}pp` is not"
        ),
        (
            PolicyDraft(head: "repository: acme/shop\nrepository_id: R_kgDO"),
            "policy-bad-value «R_kgDO»: no token's `repository_id` is `R_kgDO`"
        ),
        (PolicyDraft(head: "repository: [a]"), "policy-wrong-kind «[a]»: `repository` is text, and this is a list"),
        (
            PolicyDraft(head: "repository: acme/shop\nissuer: github.com"),
            "policy-bad-value «github.com»: `github.com` is no issuer"
        ),
        (
            PolicyDraft(head: "repository: acme/shop\nissuer: http://ci.example.com"),
            "policy-bad-value «http://ci.example.com»: `http://ci.example.com` is no issuer"
        ),
        (
            PolicyDraft(head: "repository: acme/shop\nissuer: http://localhost.evil.com"),
            "policy-bad-value «http://localhost.evil.com»: `http://localhost.evil.com` is no issuer"
        ),
        (
            PolicyDraft(head: "repository: a/b\nowners: []"),
            "policy-bad-value «[]»: `owners` is an empty list, which means nothing"
        ),
        (
            PolicyDraft(head: "repository: a/b\ndefaults: { ttl: 2h }"),
            "policy-bad-value «2h»: a token that lives `2h` is not short-lived"
        ),
        (
            PolicyDraft(head: "repository: a/b\ndefaults: { ttl: 0s }"),
            "policy-bad-value «0s»: `0s` is no time a token can live"
        ),
        (
            PolicyDraft(head: "repository: a/b\ndefaults: { ttl: 1 m }"),
            "policy-bad-value «1 m»: `1 m` is no time a token can live"
        ),
        (
            PolicyDraft(head: "repository: a/b\ndefaults: { ttl: 9999999999s }"),
            "policy-bad-value «9999999999s»: `9999999999s` is no time a token can live"
        ),
        (PolicyDraft(head: "repository: a/b\ndefaults: { max_age: 90 }"), "policy-bad-value «90»: `90` is no age"),
        (
            PolicyDraft(head: "repository: a/b\nenvironment: {}"),
            "policy-unknown-key «environment»: the policy has no key `environment`"
        ),
    ]

    static let environments: [Row] = [
        (PolicyDraft(environment: "local: yes"), "policy-bad-value «yes»: `local` is `yes`"),
        (
            PolicyDraft(environment: "local: \"true\"\n    protected: \"true\"", grants: "[]"),
            "policy-protected «protected»: `ci` is local, so anybody's own machine opens it: `protected` would promise more"
        ),
        (PolicyDraft(environment: "exchange: {}"), "policy-bad-value «{}»: `exchange` names one of `aws` and `broker`"),
        (
            PolicyDraft(environment: "exchange: { broker: http://b }"),
            "policy-bad-value «http://b»: a broker is reached over `https://`, and `http://b` is not"
        ),
        (
            PolicyDraft(environment: "exchange: { aws: { role: admin, region: eu-west-1 } }"),
            "policy-bad-value «{ role: admin, region: eu-west-1 }»: `admin` is no role's ARN"
        ),
        (
            PolicyDraft(environment: "exchange: { aws: { role: \"arn:x\" } }"),
            "policy-missing-key «{ role: \"arn:x\" }»: `aws` needs `region`"
        ),
        (
            PolicyDraft(environment: "exchange: { vault: x }"),
            "policy-unknown-key «vault»: `exchange` has no key `vault`"
        ),
        (PolicyDraft(secrets: "{}", grants: "x"), "policy-wrong-kind «x»: `grants` is a list, and this is text"),
    ]

    static let secrets: [Row] = [
        (
            PolicyDraft(secrets: "1KEY: { from: \"file:key\" }", grants: "[]"),
            "policy-bad-name «1KEY»: `1KEY` cannot name an environment variable"
        ),
        (secret("{ form: \"file:key\" }"), "policy-unknown-key «form»: a secret has no key `form`"),
        (secret("file:key"), "policy-wrong-kind «file:key»: a secret is a map of keys, and this is text"),
        (secret("{ from: key }"), "policy-reference «key»: `from` names no store"),
        (secret("{ from: \"aws-smm:x\" }"), "policy-reference «\"aws-smm:x\"»: there is no store `aws-smm`"),
        (secret("{ from: \"aws-ssm:x\" }"), "policy-reference «\"aws-ssm:x\"»: `from` is incomplete"),
        (
            secret("{ from: \"file:/run/secrets/key\" }"),
            "policy-reference «\"file:/run/secrets/key\"»: `/run/secrets/key` is a file of whatever machine the job runs on, and this environment is not local"
        ),
        (
            secret("{ from: \"dotenv:/etc/env#KEY\" }"),
            "policy-reference «\"dotenv:/etc/env#KEY\"»: `/etc/env` is a file of whatever machine the job runs on, and this environment is not local"
        ),
        (
            secret("{ from: \"encrypted:a/../../b#KEY\" }"),
            "policy-reference «\"encrypted:a/../../b#KEY\"»: `a/../../b` leaves the repository"
        ),
        (
            secret("{ from: \"file:key\", env: LD_PRELOAD }"),
            "policy-dangerous-name «LD_PRELOAD»: `LD_PRELOAD` makes programs run code, so a secret's owner could run code in the job"
        ),
        (
            PolicyDraft(secrets: "NODE_OPTIONS: { from: \"file:key\" }", grants: "[]"),
            "policy-dangerous-name «NODE_OPTIONS»: `NODE_OPTIONS` makes programs run code, so a secret's owner could run code in the job"
        ),
        (
            secret("{ from: \"file:key\", env: A-B }"),
            "policy-bad-name «A-B»: `A-B` cannot name an environment variable"
        ),
        (
            secret("{ from: \"file:key\", env: \"true\" }"),
            "policy-bad-value «\"true\"»: the variable would be called `true`"
        ),
        (secret("{ from: \"file:key\", env: \"false\" }"), "policy-file «\"false\"»: `KEY` would reach no command"),
        (secret("{ from: \"file:key\", mask: no }"), "policy-bad-value «no»: `mask` is `no`"),
        (secret("{ from: \"file:key\", category: db }"), "policy-bad-value «db»: `db` is no category"),
        (file("{ path: /etc/key }"), "policy-file «/etc/key»: `/etc/key` leaves the private folder"),
        (file("{ path: ../key }"), "policy-file «../key»: `../key` leaves the private folder"),
        (file("{ path: a/./key }"), "policy-file «a/./key»: `a/./key` leaves the private folder"),
        (file("{ path: a//key }"), "policy-file «a//key»: `a//key` leaves the private folder"),
        (
            file("{ path: key, mode: \"0640\" }"),
            "policy-file «\"0640\"»: mode `0640` is not octal text for the owner alone"
        ),
        (
            file("{ path: key, mode: \"0800\" }"),
            "policy-file «\"0800\"»: mode `0800` is not octal text for the owner alone"
        ),
        (
            file("{ path: key, mode: \"+400\" }"),
            "policy-file «\"+400\"»: mode `+400` is not octal text for the owner alone"
        ),
        (
            file("{ path: key, mode: \"04400\" }"),
            "policy-file «\"04400\"»: mode `04400` is not octal text for the owner alone"
        ),
        (file("{ mode: \"0400\" }"), "policy-missing-key «{ mode: \"0400\" }»: `file` needs `path`"),
        (
            PolicyDraft(secrets: "KEY: { from: \"file:k\" }\n      B: { from: \"file:b\", env: KEY }"),
            "policy-collision «B»: `KEY` and `B` are both delivered as `KEY`"
        ),
        (
            PolicyDraft(secrets: "KEY: { from: \"file:k\", file: { path: p } }\n      KEY_FILE: { from: \"file:b\" }"),
            "policy-collision «KEY_FILE»: `KEY` and `KEY_FILE` are both delivered as `KEY_FILE`"
        ),
        (
            PolicyDraft(
                secrets:
                    "KEY: { from: \"file:k\", file: { path: p } }\n      B: { from: \"file:b\", file: { path: p } }"),
            "policy-collision «B»: `KEY` and `B` are both delivered as `file p`"
        ),
        (
            PolicyDraft(
                secrets:
                    "KEY: { from: \"file:k\", file: { path: p } }\n      B: { from: \"file:b\", file: { path: p/q } }"),
            "policy-collision «B»: `B` is written below `KEY`, which is a file and no folder"
        ),
    ]

    static let grants: [Row] = [
        (grant("id: a, read: KEY"), "policy-missing-key «{ id: a, read: KEY }»: a grant needs `when`"),
        (grant("id: a b, when: { ref: x }, read: KEY"), "policy-bad-name «a b»: `a b` cannot be an id"),
        (
            grant("id: a, when: { ref: x }, read: KYE"),
            "policy-unknown-secret «KYE»: this environment has no secret `KYE`, so the job would start without it"
        ),
        (
            grant("id: a, when: { ref: x }, read: ci/KEY"),
            "policy-unknown-secret «ci/KEY»: this environment has no secret `ci/KEY`, so the job would start without it"
        ),
        (
            grant("id: a, when: { ref: x }, read: []"),
            "policy-bad-value «[]»: `read` is an empty list, which means nothing"
        ),
        (
            grant("id: a, when: { ref: x }, read: KEY, ttl: 61m"),
            "policy-bad-value «61m»: a token that lives `61m` is not short-lived"
        ),
        (
            grant("id: a, when: { ref: x }, read: KEY, expires: 2026-11-24"),
            "policy-bad-value «2026-11-24»: `2026-11-24` is no time"
        ),
        (
            grant(
                "id: a, when: { ref: x }, read: KEY, not_before: \"2026-11-24T00:00:00Z\", expires: \"2026-11-24T00:00:00Z\""
            ), "policy-bad-value «a»: grant `a` ends before it begins, so it never holds"
        ),
        (
            PolicyDraft(
                grants: "- { id: a, when: { ref: x }, read: KEY }\n      - { id: a, when: { ref: y }, read: KEY }"),
            "policy-duplicate «a»: the id `a` stands in line 9 too, and audits could not tell the two apart"
        ),
        (when("x"), "policy-wrong-kind «x»: `when` is a map of keys, and this is text"),
        (when("{ ref: \"\" }"), "policy-bad-value «\"\"»: `ref` is empty"),
        (when("{ ref: [] }"), "policy-bad-value «[]»: `ref` is an empty list, which means nothing"),
        (when("{ ref: [[x]] }"), "policy-wrong-kind «[x]»: `ref` is text, and this is a list"),
        (
            when("{ ref: { not: x } }"),
            "policy-negation «not»: a grant says what is allowed; `not` would also allow every value nobody thought of"
        ),
        (when("{ ref: { any: x } }"), "policy-wrong-kind «{ any: x }»: `ref` is text or a list of text"),
        (
            when("{ ref: \"refs/heads/v?\" }"),
            "policy-pattern «\"refs/heads/v?\"»: the pattern `refs/heads/v?` holds `?`, which has no meaning in a pattern"
        ),
        (
            when("{ ref: refs/heads/m\u{430}in }"),
            "policy-pattern «refs/heads/m\u{430}in»: the pattern `refs/heads/m\u{430}in` holds a character outside ASCII, which can look like another"
        ),
        (
            when("{ ref: [\((0...64).map { "r\($0)" }.joined(separator: ", "))] }"),
            "policy-pattern «ref»: `ref` has more than 64 patterns"
        ),
        (
            when("{ enviroment: prod }"),
            "policy-unknown-claim «enviroment»: no GitHub token has a claim `enviroment`, so this matches nothing"
        ),
        (
            when("{ team: core }"),
            "policy-unknown-claim «team»: no GitHub token has a claim `team`, so this matches nothing"
        ),
        (
            when("{ repo_property_: core }"),
            "policy-unknown-claim «repo_property_»: no GitHub token has a claim `repo_property_`, so this matches nothing"
        ),
        (
            PolicyDraft(
                head: "repository: acme/shop\nissuer: https://ci",
                grants: "- { id: a, when: { r\u{435}f: x }, read: KEY }"),
            "policy-unknown-claim «r\u{435}f»: no token has a claim `r\u{435}f`, so this matches nothing"
        ),
        (
            when("{ sub: x }"),
            "policy-unmatchable-claim «sub»: `sub` cannot be matched: it has two live formats, can be customised and hides the event; match the claims it is made of"
        ),
        (
            when("{ run_id: \"1\" }"),
            "policy-unmatchable-claim «run_id»: `run_id` cannot be matched: it is different in every run"
        ),
    ]

    static let strict: [Row] = [
        (
            locked("id: a, when: { environment: prod }, read: KEY"),
            "policy-protected «a»: grant `a` opens a protected environment without pinning `event_name`"
        ),
        (
            locked("id: a, when: { event_name: \"*\", environment: prod }, read: KEY"),
            "policy-protected «a»: grant `a` opens a protected environment without pinning `event_name`"
        ),
        (
            locked("id: a, when: { event_name: push, environment: [prod, \"p*\"] }, read: KEY"),
            "policy-protected «a»: grant `a` opens a protected environment without pinning `environment` (or both `ref` and `workflow_ref`)"
        ),
        (
            locked("id: a, when: { event_name: push, ref: refs/heads/main }, read: KEY"),
            "policy-protected «a»: grant `a` opens a protected environment without pinning `environment` (or both `ref` and `workflow_ref`)"
        ),
        (
            locked("id: a, when: { event_name: push, environment: prod }, read: KEY", ""),
            "policy-protected «a»: grant `a` trusts the repository's name, which somebody can register again after a rename"
        ),
        (
            locked("id: a, when: { event_name: push, environment: prod, repository: acme/x }, read: KEY"),
            "policy-protected «a»: grant `a` trusts the repository's name, which somebody can register again after a rename"
        ),
        (
            grant("id: a, when: { environment: x }, read: KEY, reason: r, expires: \"2026-11-24T00:00:00Z\""),
            "policy-break-glass «a»: break-glass grant `a` stays open for too long"
        ),
        (
            grant("id: a, when: { environment: x }, read: KEY, reason: r"),
            "policy-break-glass «a»: break-glass grant `a` stays open for too long"
        ),
        (
            grant(
                "id: a, when: { environment: x }, read: KEY, reason: r, not_before: \"2026-11-23T00:00:00Z\", expires: \"2026-11-24T00:00:01Z\""
            ), "policy-break-glass «a»: break-glass grant `a` stays open for too long"
        ),
        (
            grant(
                "id: a, when: { environment: \"x*\" }, read: KEY, reason: r, not_before: \"2026-11-23T00:00:00Z\", expires: \"2026-11-24T00:00:00Z\""
            ), "policy-break-glass «a»: break-glass grant `a` can be used without an approval"
        ),
    ]

    static let rules: [Row] = [
        (
            rule("deny: [{ id: d, when: { ref: x } }]"),
            "policy-missing-key «{ id: d, when: { ref: x } }»: a deny rule needs `read`"
        ),
        (
            rule("deny: [{ id: a, read: ci/KEY }]"),
            "policy-duplicate «a»: the id `a` stands in line 9 too, and audits could not tell the two apart"
        ),
        (rule("deny: [{ id: d, read: \"cj/**\" }]"), "policy-unknown-secret «\"cj/**\"»: there is no environment `cj`"),
        (rule("deny: [{ id: d, read: ci/KYE }]"), "policy-unknown-secret «ci/KYE»: `ci` has no secret `KYE`"),
        (rule("deny: [{ id: d, read: ci }]"), "policy-unknown-secret «ci»: `ci` names an environment and no secret"),
        (
            rule("deny: [{ id: d, read: \"ci/**x\" }]"),
            "policy-pattern «\"ci/**x\"»: the pattern `ci/**x` has `**` inside a segment, where it would cross `/` unseen"
        ),
        (
            rule("deny: [{ id: d, when: { even_name: push }, read: ci/KEY }]"),
            "policy-unknown-claim «even_name»: no GitHub token has a claim `even_name`, so this matches nothing"
        ),
        (
            rule("deny: [{ id: d, when: { ref: { not: x, or: y } }, read: ci/KEY }]"),
            "policy-wrong-kind «{ not: x, or: y }»: `ref` is text or a list of text"
        ),
        (
            rule("deny: [{ id: d, when: { ref: { not: { not: x } } }, read: ci/KEY }]"),
            "policy-wrong-kind «{ not: x }»: `ref` is text, and this is a map"
        ),
        (
            rule("assert: [{ id: s, read: ci/KEY }]"),
            "policy-missing-key «{ id: s, read: ci/KEY }»: assertion `s` says one of `never`, `only` and `possible`"
        ),
        (
            rule("assert: [{ id: s, never: {}, only: {}, read: ci/KEY }]"),
            "policy-missing-key «{ id: s, never: {}, only: {}, read: ci/KEY }»: assertion `s` says one of `never`, `only` and `possible`"
        ),
        (
            rule("assert: [{ id: s, never: { jti: x }, read: ci/KEY }]"),
            "policy-unmatchable-claim «jti»: `jti` cannot be matched: it is different in every token"
        ),
        (rule("tests: [{ token: {} }]"), "policy-missing-key «{ token: {} }»: a test needs `allow` or `deny`"),
        (rule("tests: [{ token: { ref: [a] }, deny: ci/KEY }]"), "policy-wrong-kind «[a]»: `ref` is text in a token"),
        (
            rule("tests: [{ token: { reff: a }, deny: ci/KEY }]"),
            "policy-unknown-claim «reff»: no GitHub token has a claim `reff`, so this matches nothing"
        ),
        (rule("tests: [{ token: {}, deny: ci/KEY, at: now }]"), "policy-bad-value «now»: `now` is no time"),
    ]

    static let all = file + environments + secrets + grants + strict + rules

    @Test("each mistake has its id, its place and its consequence", arguments: all)
    func mistake(row: Row) {
        #expect(PolicyDraft.findings(row.draft.text).contains(row.expected), "\(PolicyDraft.findings(row.draft.text))")
    }

    @Test("one mistake makes one finding", arguments: all)
    func noEcho(row: Row) {
        #expect(PolicyDraft.findings(row.draft.text).count == 1)
    }

    @Test("every finding says what to do", arguments: all)
    func help(row: Row) throws {
        do {
            _ = try ExamplePolicy.parsed(row.draft.text)
        } catch let list as DiagnosticList {
            for found in list.diagnostics {
                #expect(found.remarks.contains { if case .help = $0 { true } else { false } }, "\(found.text)")
            }
        }
    }

    @Test("every id of the parser is among these mistakes")
    func everyID() throws {
        let text = try PackageFolder.text(of: "Sources/Policy/Parsing/PolicyDiagnostics.swift")
        let ids = text.split(separator: "\"").map(String.init).filter { $0.hasPrefix("policy-") }
        #expect(ids.count >= 17)
        for id in ids { #expect(Self.all.contains { $0.expected.hasPrefix(id + " ") }, "\(id)") }
    }
}
