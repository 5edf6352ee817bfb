package import Diagnostics
package import Secrets

/// A token from a variable of the job, as GitLab gives the ones that a job asks for under `id_tokens`.
package struct EnvironmentTokenSource: TokenSource {
    private let variable: String
    private let environment: EnvironmentVariables

    /// Names the variable.
    package init(variable: String, environment: EnvironmentVariables = .process) {
        self.variable = variable
        self.environment = environment
    }

    /// The variable's value.
    package func token(audience: String) async throws(Diagnostic) -> UnverifiedToken {
        guard let value = environment.secret(variable) else {
            throw Diagnostic(
                .tokenUnreadable,
                "the variable `\(variable)` has no token",
                [.help("ask GitLab for it in the job:\nid_tokens:\n  \(variable):\n    aud: \(audience)")]
            )
        }
        return try UnverifiedToken(value)
    }
}
