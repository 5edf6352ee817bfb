extension PolicyRefusalTests {
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
            when("{ repo_property_\u{e9}: core }"),
            "policy-unknown-claim «repo_property_\u{e9}»: no GitHub token has a claim `repo_property_\u{e9}`, so this matches nothing"
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
}
