/// All rules, by family; a test holds them equal to the files, the tests and the documentation.
package enum RuleCatalogue {
    /// Rules about the file as text.
    package static let file: [any LintRule] = [
        DuplicateKey(), YAMLFeature(), AmbiguousScalar(), UnknownKey(), UnicodeConfusable(), TooBig(), InvalidYAML(),
        InvalidPolicy(), IgnoreCommentRule(),
    ]

    /// Rules about what the policy says.
    package static let policy: [any LintRule] = [
        RepositoryWildcard(), MatchOnSub(), WildcardRef(), PrefixGlob(), MutableWorkflowRef(), NoIDPin(), NoEvent(),
        UnusedSecret(), UnknownSecret(), ExpiredGrant(), BreakGlassUnbounded(), DangerousEnvName(), FileMode(),
        TTLLong(), NoOwner(), NoMaxAge(), PlaintextSecret(), PolicyUnowned(), SelfHostedAllowed(), ActorAsAuthz(),
        ProtectedUnpinned(),
    ]

    /// Rules about what some job can read.
    package static let semantic: [any LintRule] = [
        PRReadsProtected(), CrossEnvironment(), ProdWithoutGate(), PRTargetWithSecret(), ForkControlledClaim(),
        ShadowedGrant(), OverriddenGrant(), VacuousGrant(), AssertionViolated(), AssertionVacuous(), NewAccess(),
        TestContradiction(), AnalysisLimitHit(),
    ]

    /// Rules about the workflows that run inject.
    package static let workflow: [any LintRule] = [
        MissingIDToken(), IDTokenTooWide(), JobNotGranted(), GrantUnreachable(), UnpinnedAction(), PRTargetCheckout(),
        SecretsInherit(), StaticSecretDuplicate(), SecretEcho(), SecretToGitHubEnv(), TemplateInjection(),
        PersistCredentials(), CacheInPrivilegedJob(), EnvNameMismatch(), WorkflowUnreadable(), WorkflowCallFault(),
    ]

    /// Rules about the machines of developers.
    package static let local: [any LintRule] = [EnvExampleDrift(), DotenvTracked(), LocalUsesProtected()]

    /// Rules about roles of AWS, as they stand in a file of theirs.
    package static let ofIAM: [any LintRule] = [
        NoSubject(), NoAudience(), SetOperatorOnClaim(), StarInStringEquals(), SubjectWildcardOrg(),
        SubjectFormatMix(), ExactAndWildcardAnded(), TrustPolicyTooLong(), SecretARNWildcard(), KMSDecryptWildcard(),
        TrustedJobs(),
    ]

    /// Rules about roles of AWS, as a policy would make them.
    package static let compiled: [any LintRule] = [InexpressibleGlob(), CompileWidens(), SessionPolicyTooLong()]

    /// Every rule.
    package static let all: [any LintRule] = ofPolicies + ofIAM

    /// The rules that look at a policy and its repository.
    package static let ofPolicies: [any LintRule] = file + policy + semantic + workflow + local + compiled

    /// The rule that somebody means by a code or an id.
    package static func rule(called name: String) -> (any LintRule)? {
        all.first { $0.facts.isCalled(name) }
    }

    /// The documentation of every rule, in Markdown.
    package static var documentation: String { all.map(\.facts.section).joined(separator: "\n") }
}
