import Diagnostics
import Policy

/// The policy that the documentation shows, whole.
enum ExamplePolicy {
    static let text = #"""
        # yaml-language-server: $schema=./inject.schema.json
        version: "1"
        issuer: github                    # default; gitlab, or an issuer URL
        repository: acme/shop
        repository_id: "456789"          # survives a rename; required for protected environments
        owners: ["@acme/platform"]       # who approves changes here (checked against CODEOWNERS)

        defaults: { ttl: 15m, max_age: 90d }

        environments:
          dev:
            local: "true"                # readable with a token of the local issuer; never protected
            secrets:
              DATABASE_URL: { from: "dotenv:.env.local" }
              STRIPE_KEY:   { from: "file:/run/secrets/stripe_key" }      # a Docker secret
            grants:
              - id: everyone-locally
                when: { event_name: [local, push, pull_request] }
                read: [DATABASE_URL, STRIPE_KEY]

          staging:
            exchange:
              aws: { role: "arn:aws:iam::111122223333:role/inject-staging", region: eu-west-1 }
            secrets:
              DATABASE_URL: { from: "aws-sm:shop/staging/db#url" }
              STRIPE_KEY:   { from: "aws-ssm:/shop/staging/stripe" }
            grants:
              - id: staging-deploy
                when:
                  event_name: [push, workflow_dispatch]
                  ref: [refs/heads/main, "refs/heads/release/*"]
                  environment: staging
                read: [DATABASE_URL, STRIPE_KEY]

          prod:
            protected: "true"            # turns on the strict rules
            exchange: { broker: "https://inject.acme.internal" }
            secrets:
              DATABASE_URL: { from: "aws-sm:shop/prod/db#url", owner: "@acme/payments", max_age: 30d, category: database }
              TLS_KEY:
                from: "aws-sm:shop/prod/tls#key"
                file: { path: tls/server.key, mode: "0400" }   # under $INJECT_DIR, gone when the command ends
            grants:
              - id: prod-deploy
                when:
                  event_name: push
                  ref: refs/heads/main
                  environment: prod
                  workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main
                read: [DATABASE_URL, TLS_KEY]
                ttl: 10m
              - id: incident-2481                      # break-glass: a grant with a reason and an end
                reason: "INC-2481 restore, approved by @dana"
                not_before: "2026-11-23T20:00:00Z"
                expires: "2026-11-24T02:00:00Z"
                when: { event_name: workflow_dispatch, ref: refs/heads/main, environment: break-glass, actor_id: ["1001", "1002"] }
                read: [DATABASE_URL]
                ttl: 15m

        deny:
          - id: self-hosted-runners
            when: { runner_environment: self-hosted }
            read: "prod/**"

        assert:                                        # proved for every token that can exist, not for samples
          - id: no-pr-reads-prod
            never: { event_name: [pull_request, pull_request_target, workflow_run, issue_comment] }
            read: "prod/**"
          - id: prod-needs-a-gate
            only: { environment: [prod, break-glass] }
            read: "prod/**"
          - id: deploy-still-works                     # guards against a policy that is safe because it is useless
            possible: { event_name: push, ref: refs/heads/main, environment: prod }
            read: prod/DATABASE_URL

        tests:                                         # single tokens, as unit tests
          - token: { event_name: push, ref: refs/heads/main, environment: prod, workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main }
            allow: [prod/DATABASE_URL, prod/TLS_KEY]
            deny: ["staging/**"]
          - token: { event_name: pull_request, ref: refs/pull/7/merge }
            deny: ["staging/**", "prod/**"]
          - at: "2026-11-24T02:00:01Z"
            token: { event_name: workflow_dispatch, ref: refs/heads/main, environment: break-glass, actor_id: "1001" }
            deny: ["prod/**"]
        """#

    static func parsed() throws -> PolicyFile { try parsed(text) }

    static func parsed(_ text: String) throws -> PolicyFile {
        try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
    }
}

extension ClaimSet {
    /// Claims as a test writes them.
    init(_ claims: [(String, String)]) {
        self.init(assumed: claims.map { (name: Array($0.utf8), value: Array($1.utf8)) })
    }
}
