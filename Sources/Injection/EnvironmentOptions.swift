/// What the command inherits besides its secrets.
package struct EnvironmentOptions: Sendable {
    /// What happens when a variable exists that a secret is delivered as.
    package enum Collision: String, Sendable, CaseIterable {
        /// Nothing is started.
        case error
        /// The variable stays, and the secret is not delivered.
        case keep
        /// The secret's value wins.
        case replace
    }

    /// What happens when a variable exists already.
    package var collision = Collision.error
    /// Whether to inherit nothing but PATH, HOME, LANG, TERM and TMPDIR.
    package var isPristine = false
    /// Names that are inherited even so; `*` stands for any number of characters.
    package var passed: [String] = []
    /// Whether the command may hold GitHub's own credentials for this job.
    package var keepsActionsCredentials = false
    /// Variables that inject itself used as credentials.
    package var used: [String] = []

    /// The defaults.
    package init() {}
}
