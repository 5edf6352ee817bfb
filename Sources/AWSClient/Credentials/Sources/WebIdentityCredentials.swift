import Diagnostics
import Secrets

/// Credentials for a token that somebody keeps in a file, as EKS does
/// (docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html).
struct WebIdentityCredentials {
    let tokenFile: String
    let role: String?
    let sessionName: String?
    /// What names the file, for messages.
    let origin: String

    private static let longestToken = 20_000

    /// Exchanges the token for a session with all that the role may do.
    func find(_ sts: SecurityTokenService, now: Int64) async throws(Diagnostic) -> AWSCredentials {
        guard let role else {
            throw Diagnostic(
                .awsCredentialsUnusable, "\(origin) names a token's file and no role",
                [.help("set `AWS_ROLE_ARN`, or `role_arn` in the profile")]
            )
        }
        let token: SecretBytes
        do throws(SecretFileError) {
            token = try SecretBytes.contents(ofFile: tokenFile, limit: Self.longestToken)
        } catch {
            throw Diagnostic(.awsCredentialsUnusable, "the token's file of \(origin) cannot be read: \(error.reason)")
        }
        let request = try WebIdentityRequest(
            role: role,
            sessionName: sessionName ?? "inject-\(now)",
            policy: nil,
            durationSeconds: 3600
        )
        do throws(AWSError) { return try await sts.assumeRole(request, token: Self.withoutLineBreak(token)) } catch {
            throw error.noSession(
                of: role, "AWS does not give a session of `\(role)` for the token of \(origin)",
                help: error.hasCode("ExpiredToken")
                    ? "have a new token written into the file"
                    : "check that the account has an identity provider for the token's issuer, and that the role trusts it"
            )
        }
    }

    private static func withoutLineBreak(_ token: SecretBytes) -> SecretBytes {
        let trimmed = token.withExposedBytes { bytes in
            let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0
            return end == bytes.count
                ? nil : try? SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
        return trimmed ?? token
    }
}
