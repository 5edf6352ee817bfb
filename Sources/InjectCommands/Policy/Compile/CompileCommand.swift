internal import ArgumentParser
internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import StrictJSON

/// `inject compile`: the policy in another system's language.
struct CompileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Writes the policy in another system's language.",
        subcommands: [CompileAWSCommand.self]
    )
}

/// `inject compile aws-iam`: the roles that the environments need.
struct CompileAWSCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "aws-iam",
        abstract: "Writes the roles of AWS that the policy needs: whom they trust and what they may read.",
        discussion: """
            AWS sees only a few claims. Where that would let in a token that no grant lets in, nothing is written and \
            the token is shown, unless the environment accepts it with `allow_widening` and a reason. Exit code 0: \
            written; 1: refused; 2: the policy cannot be read or compiled; 3: a limit was hit.

              inject compile aws-iam >roles.json
              inject compile aws-iam --format terraform >inject.tf.json
            """
    )

    @Argument(help: ArgumentHelp("The policy file (INJECT_POLICY; default: inject.yaml).", valueName: "file"))
    var file: String?

    @Option(help: "What is written: cloudformation, terraform or json.")
    var format: Format = .cloudformation

    /// What is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case cloudformation
        case terraform
        case json
    }

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let source = try PolicySource.load(file ?? surroundings.environment["INJECT_POLICY"])
        let policy = source.policy
        guard policy.issuer == .github else {
            throw Diagnostic(
                .compileRefused, "AWS sees the claims of GitHub's tokens, and this policy has another issuer",
                [.help("write the trust policy by hand, on `aud` and `sub`")]
            )
        }
        let roles = try policy.environments.compactMap { environment throws(Diagnostic) in
            try CompiledRole(environment, of: policy)
        }
        guard !roles.isEmpty else {
            throw Diagnostic(
                .compileRefused, "no environment of the policy has an exchange with AWS",
                [.help("add `exchange: { aws: { role: …, region: … } }` to one")]
            )
        }
        if let clash = CompiledRole.clash(among: roles, inTemplate: format != .json) { throw clash }
        let overreaches = roles.flatMap { policy.environments.flatMap($0.overreach) }
        let widenings = try roles.flatMap { try Self.widenings($0.environment, policy) } + overreaches
        guard widenings.isEmpty else {
            for widening in widenings { surroundings.console.report(widening) }
            return .findings
        }
        let document =
            switch format {
            case .cloudformation: CompiledRoles.cloudFormation(roles)
            case .terraform: CompiledRoles.terraform(roles)
            case .json: CompiledRoles.plain(roles)
            }
        surroundings.console.output(document.indented + "\n")
        return .success
    }

    private static func widenings(_ environment: PolicyEnvironment, _ policy: PolicyFile) throws -> [Diagnostic] {
        do {
            return try TrustPolicy(for: environment, of: policy).widenings().map { diagnostic($0, environment) }
        } catch {
            guard case .unknown = error else { throw error.diagnostic }
            throw CommandFailure(diagnostic: error.diagnostic, status: .unknown)
        }
    }

    private static func diagnostic(_ widening: TrustWidening, _ environment: PolicyEnvironment) -> Diagnostic {
        let claims = widening.claims.map { "`\($0)`" }.joined(separator: " and ")
        let path = "\(environment.name)/\(widening.secret)"
        let isRead = widening.claims == ["read"]
        let accepted = (environment.widening?.claims ?? []) + widening.claims
        return Diagnostic(
            .compileWidens,
            "AWS would let a token read \(path) that no grant lets read it: "
                + (isRead ? "one role reads for all grants" : "it does not see \(claims) as the policy does"),
            at: .span(widening.grant.span, label: nil),
            [
                .note("token: \(widening.witness.text)"),
                .help(
                    """
                    \(isRead ? "give the grants environments of their own" : "condition on a claim that AWS sees"), \
                    or accept it beside the role:
                    allow_widening: [\(accepted.joined(separator: ", "))]
                    reason: "…"
                    """),
            ]
        )
    }
}

extension Diagnostic.ID {
    /// A policy that cannot be compiled.
    static let compileRefused = Diagnostic.ID("compile-refused")
    /// The compiled policy would let in more than the policy.
    static let compileWidens = Diagnostic.ID("compile-widens")
}
