internal import ArgumentParser
internal import Diagnostics
internal import OIDC
internal import Policy
internal import StrictJSON
internal import TokenExchange

/// `inject explain`: why a secret is or is not granted, claim by claim.
struct ExplainCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says why a secret is or is not granted, claim by claim, the nearest miss first.",
        discussion: """
            The claims are those of a JSON file, of the job's token, or of a token of the local issuer. Nothing is \
            fetched, and both answers are exit code 0.

              inject explain prod/DATABASE_URL
              inject explain --claims claims.json --format json
              inject explain --claim event_name=push --claim ref=refs/heads/main prod/DATABASE_URL
            """
    )

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions

    @Option(
        name: .customLong("claims"),
        help: ArgumentHelp("A JSON object of claims, `-` for standard input.", valueName: "file")
    )
    var claimsFile: String?

    @Option(
        help: ArgumentHelp("The time to ask about, such as 2026-11-24T02:00:00Z (default: now).", valueName: "time"))
    var at: String?

    @Option(help: "How the answer is printed: text, or json (one object a secret, one a line).")
    var format: OutputFormat?

    @Argument(
        help: ArgumentHelp(
            "The secret, as ENVIRONMENT/NAME, or NAME with --environment (default: all).",
            valueName: "secret"
        )
    )
    var secret: String?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        if let job = try PolicylessJob(policyOptions, tokenOptions, in: surroundings) {
            return try explain(job, surroundings)
        }
        let source = try PolicySource.load(policyOptions.givenPath(surroundings.environment))
        guard claimsFile == nil || tokenOptions.claims.isEmpty else {
            throw Diagnostic(
                .usage, "`--claims` names all claims, and `--claim` one of a local token",
                [.help("write the claim into the file, or leave out `--claims`")]
            )
        }
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        let now = try time() ?? surroundings.now
        let questions = try SecretQuestion.questions(
            secret,
            environment: policyOptions.environmentName(surroundings.environment),
            source
        )
        let asked = try Asked(self, source, questions, surroundings)
        let claims = asked.claims
        let subject = source.policy.issuer == .github ? Self.subject(claims) : nil
        for question in questions {
            let decision = source.policy.decide(
                environment: question.environment,
                secret: question.secret,
                claims: claims,
                at: now
            )
            surroundings.console.output(
                ExplanationText.rendered(decision, subject, format, asked.verdict(on: question)))
        }
        return .success
    }

    private func explain(_ job: PolicylessJob, _ surroundings: Surroundings) throws -> ExitStatus {
        guard claimsFile == nil, at == nil else {
            throw Diagnostic(
                .usage, "a broker decides about the job's own token, and about now",
                [.help("leave out `--claims` and `--at`, or `--broker`")]
            )
        }
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        for decision in try job.decisions(about: [secret].compactMap(\.self)) {
            surroundings.console.output(BrokerVerdict(broker: job.broker.url, decision: decision).rendered(format))
        }
        return .success
    }

    private static func subject(_ claims: ClaimSet) -> GitHubSubject? {
        GitHubSubject { name in claims[name].map { String(decoding: $0, as: UTF8.self) } }
    }

    private func time() throws(Diagnostic) -> Int64? {
        guard let at else { return nil }
        if let time = Timestamp.seconds(at) { return time }
        throw Diagnostic(.usage, "`\(at)` is no time", [.help("write it as 2026-11-24T02:00:00Z")])
    }

    /// Whose claims are explained, and what a broker says about them.
    private struct Asked {
        let claims: ClaimSet
        private var verdicts: [BrokerVerdict] = []

        init(
            _ command: ExplainCommand,
            _ source: PolicySource,
            _ questions: [SecretQuestion],
            _ surroundings: Surroundings
        ) throws {
            if let file = command.claimsFile {
                claims = try ClaimsFile.read(file)
                return
            }
            let deadline = try Deadline(option: command.tokenOptions.deadline, surroundings.environment)
            let token = JobToken(
                options: command.tokenOptions,
                policy: source.policy,
                surroundings: surroundings,
                deadline: deadline
            )
            let environment = questions.first.flatMap { source.policy.environment($0.environment) }
            let identity = try token.verified(for: environment)
            claims = ClaimSet(identity.token)
            guard let environment, identity.token.issuer != IssuerConfiguration.localIssuer,
                case .broker(let url) = environment.exchange
            else { return }
            // The token is for this broker; another environment's may be another.
            let own = questions.filter { source.policy.environment($0.environment)?.exchange == environment.exchange }
            let broker = try BrokerAccess(url: url, in: surroundings)
            let paths = own.compactMap { SecretPath("\($0.environment)/\($0.secret)") }
            verdicts = try broker.decisions(about: paths, for: identity.credential, until: deadline).map {
                BrokerVerdict(broker: broker.url, decision: $0)
            }
        }

        func verdict(on question: SecretQuestion) -> BrokerVerdict? {
            verdicts.first { $0.decision.path == SecretPath("\(question.environment)/\(question.secret)") }
        }
    }
}
