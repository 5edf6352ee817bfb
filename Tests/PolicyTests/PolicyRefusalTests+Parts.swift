extension PolicyRefusalTests {
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
            PolicyDraft(environment: "exchange: { audience: a }"),
            "policy-bad-value «{ audience: a }»: `exchange` names one of `aws` and `broker`"
        ),
        (
            PolicyDraft(environment: "exchange: { aws: { role: \"arn:x\", region: r }, audience: a }"),
            "policy-bad-value «audience»: `audience` belongs to a broker"
        ),
        (
            PolicyDraft(environment: "exchange: { broker: http://b }"),
            "policy-bad-value «http://b»: a broker is reached over `https://`, and `http://b` is not"
        ),
        (
            PolicyDraft(environment: "exchange: { broker: http://localhost.evil }"),
            """
            policy-bad-value «http://localhost.evil»: a broker is reached over `https://`, and `http://localhost.evil` \
            is not
            """
        ),
        (
            PolicyDraft(environment: "exchange: { broker: https://b#x }"),
            "policy-bad-value «https://b#x»: `https://b#x` is no broker's URL"
        ),
        (
            PolicyDraft(environment: "exchange: { broker: https://u@b }"),
            "policy-bad-value «https://u@b»: `https://u@b` is no broker's URL"
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
}
