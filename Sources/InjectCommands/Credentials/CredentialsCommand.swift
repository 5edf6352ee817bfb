internal import AWSClient
internal import ArgumentParser
internal import Diagnostics
internal import Glibc
internal import Injection
internal import Policy
internal import Secrets

/// `inject credentials`: a job's session, or a developer's credentials, for other programs.
struct CredentialsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials",
        abstract: "Prints AWS credentials as a `credential_process` does, for `aws`, Terraform and others.",
        discussion: """
            In an environment with `exchange: aws`, the job's token is exchanged, and the session may read the granted \
            secrets and nothing else. In a local environment they are the developer's own, from wherever AWS's tools \
            find them.

              [profile staging]
              credential_process = inject credentials --environment staging

            They are credentials: to a terminal they are printed only with --reveal. In GitHub Actions the runner is \
            told to mask them, on standard error.
            """
    )

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions

    @Option(help: ArgumentHelp("For these of the granted secrets, by name (INJECT_ONLY).", valueName: "name,…"))
    var only: String?

    @Flag(help: "Print them even to a terminal.")
    var reveal = false

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        guard reveal || isatty(STDOUT_FILENO) == 0 else {
            throw Diagnostic(
                .credentialsToTerminal, "these are credentials and would be shown on the terminal",
                [.help("redirect them, or pass `--reveal`")]
            )
        }
        let credentials = try credentials(in: surroundings)
        let document: SecretBytes
        do { document = try credentials.processDocument() } catch {
            throw Diagnostic(.secretMemory, "there is no memory for the credentials")
        }
        if surroundings.console.isGitHub { mask(credentials, surroundings.console) }
        document.withExposedBytes { surroundings.console.output($0) }
        return .success
    }

    private func credentials(in surroundings: Surroundings) throws -> AWSCredentials {
        guard try policyOptions.givenBroker(surroundings.environment) == nil else {
            throw Diagnostic(
                .exchangeUnsupported, "a broker gives secrets, and no credentials of AWS",
                [.help("leave out `--broker`")]
            )
        }
        let access = try Access.decide(policyOptions, tokenOptions, in: surroundings, opensStores: true)
        let names = try NamedSecrets.parse(only, surroundings.environment)
        let wanted = try SecretSelection(access: access).granted(named: names)
        try access.refuseForeignToken()
        guard let aws = access.aws else {
            throw Diagnostic(
                .exchangeUnsupported, "`\(access.environment.name)` has nothing to do with AWS",
                [.help("name another environment: `--environment NAME`")]
            )
        }
        return try Blocking.wait("getting AWS credentials", until: access.deadline) {
            try await aws.credentials(for: wanted, of: access)
        }
    }

    private func mask(_ credentials: AWSCredentials, _ console: Console) {
        for secret in [credentials.secretAccessKey, credentials.sessionToken].compactMap(\.self) {
            console.remark("::add-mask::")
            secret.withExposedBytes { console.remark($0) }
            console.remark("\n")
        }
    }
}

extension Diagnostic.ID {
    /// Credentials would be shown on a terminal.
    static let credentialsToTerminal = Diagnostic.ID("credentials-to-terminal")
}
