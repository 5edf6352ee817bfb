import Policy
import PolicyAnalysis
import Testing

@Suite("Proofs over the model of GitHub's tokens")
struct ProofTests {
    @Test(
        "an assertion is proved, or refuted by a shortest token",
        arguments: [
            (
                "{ event_name: push, ref: refs/heads/main }", "never: { event_name: pull_request }",
                "proved"
            ),
            (
                "{ ref: refs/heads/main }", "never: { event_name: pull_request }",
                "refuted: event_name=pull_request ref=refs/heads/main"
            ),
            (
                "{ ref: \"refs/heads/**\" }", "only: { ref: \"refs/heads/*\" }",
                "refuted: event_name=push ref=refs/heads/a/a"
            ),
            (
                "{ event_name: push, environment: prod }", "only: { ref: \"refs/heads/**\" }",
                "refuted: event_name=push ref=refs/tags/a environment=prod"
            ),
            (
                "{ event_name: push, workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main }",
                "only: { ref: refs/heads/main }",
                "proved"
            ),
            (
                "{ workflow_ref: \"acme/shop/.github/workflows/*.yml@refs/heads/main\" }",
                "only: { ref: refs/heads/main }",
                "refuted: event_name=deployment ref='' workflow_ref=acme/shop/.github/workflows/a.yml@refs/heads/main"
            ),
            (
                "{ event_name: push }", "possible: { ref: refs/heads/main }",
                "proved: event_name=push ref=refs/heads/main"
            ),
            ("{ event_name: pull_request_target }", "possible: { ref: refs/tags/v1 }", "refuted"),
            ("{ event_name: push }", "only: { repository_owner: acme }", "proved"),
            (
                "{ event_name: deployment, environment: staging }",
                "never: { workflow_ref: \"acme/shop/.github/workflows/deploy.yml@dddddddddddddddddddddddddddddddddddddddd\" }",
                "refuted: event_name=deployment ref='' environment=staging "
                    + "workflow_ref=acme/shop/.github/workflows/deploy.yml@dddddddddddddddddddddddddddddddddddddddd"
            ),
            (
                "{ environment: [prod, github-pages] }", "never: { workflow_ref: \"acme/shop/dynamic/**\" }",
                "refuted: event_name=dynamic ref=refs/heads/a environment=prod workflow_ref=acme/shop/dynamic/a@refs/heads/a"
            ),
            (
                "{ environment: [prod, github-pages] }", "only: { workflow_ref: \"acme/shop/.github/workflows/**\" }",
                "refuted: event_name=dynamic ref=refs/heads/a environment=prod workflow_ref=acme/shop/dynamic/a@refs/heads/a"
            ),
            (
                "{ event_name: push, job_workflow_ref: \"acme/ci/**\" }", "only: { workflow_ref: \"acme/shop/**\" }",
                "proved"
            ),
        ]
    )
    func outcome(grant: String, assertion: String, expected: String) throws {
        let outcome = try Policies.proof(grant: grant, assertion)
        #expect(outcome == expected, "\(outcome)")
    }
}
