package import Diagnostics
import HTTPTransport
import Secrets

/// What a session is asked for with a job's token; checked before anything is sent, because AWS says less about it.
///
/// The limits are those of docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html.
package struct WebIdentityRequest: Sendable {
    /// The longest session policy, in characters.
    package static let longestPolicy = 2048

    /// The role to become.
    package let role: String
    /// The name that AWS's logs show.
    package let sessionName: String
    /// What the session may do of what the role may; nil only where a role's whole rights are meant.
    package let policy: String?
    /// How long the session lasts.
    package let durationSeconds: Int

    /// Checks the parts of a request.
    package init(role: String, sessionName: String, policy: String?, durationSeconds: Int) throws(Diagnostic) {
        _ = try RoleARN(role)
        guard Self.isSessionName(sessionName) else {
            throw Diagnostic(
                .awsRequestMalformed, "`\(sessionName.printable(limit: 80))` cannot name a session of AWS",
                [.help("use 2 to 64 letters, digits and `_+=,.@-`")]
            )
        }
        guard (900...43_200).contains(durationSeconds) else {
            throw Diagnostic(
                .awsRequestMalformed, "a session of \(durationSeconds) s cannot be",
                [.help("use 900 s to the role's maximum, which is at most 43200 s")]
            )
        }
        if let policy, !(1...Self.longestPolicy).contains(policy.unicodeScalars.count) {
            throw Diagnostic(
                .awsRequestMalformed,
                "the session policy has \(policy.unicodeScalars.count) characters, and AWS takes \(Self.longestPolicy)"
            )
        }
        self.role = role
        self.sessionName = sessionName
        self.policy = policy
        self.durationSeconds = durationSeconds
    }

    /// The form that is posted.
    func form(_ token: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
        var form = try SecretBuffer(capacity: token.count + 8192)
        let action = QueryForm(action: "AssumeRoleWithWebIdentity")
        try form.append(
            action.adding("RoleArn", role).adding("RoleSessionName", sessionName)
                .adding("DurationSeconds", String(durationSeconds)).adding("Policy", policy).text
        )
        try form.append("&WebIdentityToken=")
        try PercentEncoding.append(token, to: &form)
        return form.finish()
    }

    private static func isSessionName(_ name: String) -> Bool {
        (2...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || "_+=,.@-".unicodeScalars.contains(scalar))
            }
    }
}

extension Diagnostic.ID {
    /// Something that AWS would refuse was not sent.
    package static let awsRequestMalformed = Diagnostic.ID("aws-request-malformed")
}
