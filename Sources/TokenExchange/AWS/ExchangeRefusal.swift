import AWSClient
import Diagnostics
import OIDC
import Policy

/// What to do about an error of STS; the token is in none of it.
///
/// The codes are those of docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html.
struct ExchangeRefusal {
    private let error: AWSError
    private let role: RoleARN
    private let identity: JobIdentity
    private let grants: [Grant]
    private let policy: PolicyFile

    init(_ error: AWSError, role: RoleARN, identity: JobIdentity, grants: [Grant], policy: PolicyFile) {
        self.error = error
        self.role = role
        self.identity = identity
        self.grants = grants
        self.policy = policy
    }

    var diagnostic: Diagnostic {
        if error.hasCode("AccessDenied") { return denied }
        if let refusal = refusal { return diagnostic(.exchangeRefused, refusal.message, refusal.help) }
        if error.isThrottling { return unavailable("STS is asked too much by this account") }
        switch error.kind {
        case .unreachable: return unavailable("STS could not be reached")
        case .unreadable: return unavailable("STS did not answer as it should")
        case .refused, .unsendable: return unavailable("STS gives no session")
        }
    }

    private var refusal: (message: String, help: String)? {
        let known: [(code: String, message: String, help: String)] = [
            (
                "ExpiredToken", "AWS calls the job's token expired",
                "get a token right before it is used, and check this machine's clock"
            ),
            ("InvalidIdentityToken", "AWS does not accept the job's token", provider),
            (
                "IDPRejectedClaim", "AWS does not accept the claims of the job's token",
                "check that `\(identity.audience)` is an audience of the account's identity provider"
            ),
            (
                "IDPCommunicationError", "AWS could not fetch the keys of the token's issuer",
                "run the job again; if it stays, check that `\(identity.token.issuer)` can be reached from the internet"
            ),
            (
                "PackedPolicyTooLarge", "AWS finds the session's policy too large",
                "split the grants, or inject fewer secrets at a time with `--only`"
            ),
            (
                "MalformedPolicyDocument", "AWS cannot read the session's policy",
                "report this with the note above: the policy was made by inject"
            ),
            (
                "RegionDisabledException", "AWS has STS switched off in this region for the account",
                "choose another `region` in the policy, or activate it in the account's IAM settings"
            ),
            (
                "ValidationError", "AWS finds the request for a session of `\(role.text)` wrong",
                "check the role's ARN, and that its maximum session duration is not below the grants' `ttl`"
            ),
        ]
        return known.first { error.hasCode($0.code) }.map { ($0.message, $0.help) }
    }

    private var provider: String {
        """
        check that account \(role.account) has an identity provider for `\(identity.token.issuer)` with the audience \
        `\(identity.audience)`:
        aws iam create-open-id-connect-provider --url \(identity.token.issuer) --client-id-list \(identity.audience)
        """
    }

    private var denied: Diagnostic {
        let table = TrustTable(identity, grants: grants, policy: policy).text
        return Diagnostic(
            .exchangeRefused,
            "AWS does not let this job become `\(role.text)`",
            error.remarks + [
                .note("the role's trust policy sees the left column, and has to accept it:\n\(table)"),
                .help(
                    """
                    compare with what the role trusts:
                    aws iam get-role --role-name \(role.name) --query Role.AssumeRolePolicyDocument
                    """
                ),
            ]
        )
    }

    private func unavailable(_ message: String) -> Diagnostic {
        diagnostic(
            .exchangeUnavailable, message,
            error.networkHelp
                ?? "run the job again; if it stays, check the region, the network and health.aws.amazon.com"
        )
    }

    private func diagnostic(_ id: Diagnostic.ID, _ message: String, _ help: String) -> Diagnostic {
        Diagnostic(id, message, error.remarks + [.help(help)])
    }
}

extension Diagnostic.ID {
    /// AWS gives no session for the job's token.
    static let exchangeRefused = Diagnostic.ID("exchange-refused")
    /// STS did not answer, or not as it should.
    static let exchangeUnavailable = Diagnostic.ID("exchange-unavailable")
}
