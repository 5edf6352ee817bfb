internal import ArgumentParser

/// `inject secrets`: edits encrypted files.
struct SecretsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secrets",
        abstract: "Edits a file of encrypted secrets that can live in git; sops reads and writes it, too.",
        discussion: """
            The file's data key is wrapped for age recipients or keys of AWS KMS. Identities are read from SOPS_AGE_KEY, \
            SOPS_AGE_KEY_FILE or ~/.config/sops/age/keys.txt, credentials for KMS where AWS's tools find them.

              inject secrets set API_KEY --file secrets.yaml --recipient age1… <value
              inject secrets list --file secrets.yaml
              inject secrets get API_KEY --file secrets.yaml >key
              inject secrets rekey --file secrets.yaml --recipient age1…

            A policy reads it with `from: "encrypted:secrets.yaml#API_KEY"`.
            """,
        subcommands: [
            SetSecretCommand.self, GetSecretCommand.self, RemoveSecretCommand.self, ListSecretsCommand.self,
            RekeyCommand.self,
        ]
    )
}
