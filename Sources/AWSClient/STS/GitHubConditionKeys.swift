/// The claims of GitHub's tokens that STS evaluates in trust policies, besides `aud` and `sub`.
///
/// Since January 2026: aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims. They
/// are not available in the session, so a permission policy cannot ask for them.
package enum GitHubConditionKeys {
    /// The claims.
    package static let claims = [
        "repository", "repository_id", "environment", "ref", "job_workflow_ref", "actor", "actor_id", "workflow",
        "enterprise_id",
    ]

    /// What the keys of the claims begin with.
    package static let prefix = "token.actions.githubusercontent.com:"
}
