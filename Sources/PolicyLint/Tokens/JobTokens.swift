package import Diagnostics

/// A job of a repository's workflows, with the tokens that it can be given and the secrets that it reads today.
package struct JobTokens: Sendable {
    /// The job's id.
    package let id: String
    /// Where the id stands.
    package let span: SourceSpan
    /// The workflow it is in, by its path below the root.
    package let workflow: String
    /// Its tokens, a shape for each way in which it is started.
    package let shapes: [JobTokenShape]
    /// Whether the workflow lets it ask for a token.
    package let mayAskForToken: Bool
    /// The secrets of GitHub that it reads.
    package let secrets: SecretUses
    /// Whether its steps are another workflow's.
    package let isCall: Bool
}
