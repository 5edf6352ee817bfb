package import Diagnostics

/// A checked policy: which CI job may read which secret, from where, delivered how, for how long.
package struct PolicyFile: Sendable {
    /// The file's text, for diagnostics that point into it.
    package let source: SourceText
    /// Who issues the tokens.
    package let issuer: PolicyIssuer
    /// The conditions that every grant carries without writing them: repository, and ids where given.
    package let implied: [ClaimCondition]
    /// The repository, `OWNER/NAME`, where one is named.
    package let repository: String?
    /// Who approves changes, as in CODEOWNERS.
    package let owners: [String]
    /// What holds where nothing nearer is said.
    package let defaults: PolicyDefaults
    /// The environments, in the order of the file.
    package let environments: [PolicyEnvironment]
    /// The rules that win over every grant.
    package let denies: [DenyRule]
    /// What must hold for every token that can exist; proved elsewhere.
    package let assertions: [PolicyAssertion]
    /// Single tokens with what they may and may not read; run elsewhere.
    package let tests: [PolicyTest]
    /// How the file wants to be linted; no decision depends on it.
    package let lint: LintSettings

    /// Makes a policy of checked parts.
    package init(
        source: SourceText,
        issuer: PolicyIssuer,
        implied: [ClaimCondition],
        repository: String?,
        owners: [String],
        defaults: PolicyDefaults,
        environments: [PolicyEnvironment],
        denies: [DenyRule],
        assertions: [PolicyAssertion],
        tests: [PolicyTest],
        lint: LintSettings = .none
    ) {
        self.source = source
        self.issuer = issuer
        self.implied = implied
        self.repository = repository
        self.owners = owners
        self.defaults = defaults
        self.environments = environments
        self.denies = denies
        self.assertions = assertions
        self.tests = tests
        self.lint = lint
    }

    /// The environment of this name, compared as bytes.
    package func environment(_ name: String) -> PolicyEnvironment? {
        environments.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
