internal import Injection
internal import Secrets

/// What was fetched for a command.
struct FetchedSecrets {
    let secrets: [InjectedSecret]
    /// The token of a broker that they were fetched with.
    var brokerToken: SecretBytes?
    /// Variables whose values opened them.
    var keyVariables: [String] = []
}
