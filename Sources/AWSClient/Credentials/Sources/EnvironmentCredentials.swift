import Diagnostics
import Secrets

/// Credentials in variables.
enum EnvironmentCredentials {
    /// The credentials of `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or nil without the first.
    static func find(_ environment: EnvironmentVariables) throws(Diagnostic) -> AWSCredentials? {
        guard let id = environment.text("AWS_ACCESS_KEY_ID") else { return nil }
        guard let key = environment.secret("AWS_SECRET_ACCESS_KEY") else {
            throw Diagnostic(
                .awsCredentialsUnusable, "`AWS_ACCESS_KEY_ID` is set, and `AWS_SECRET_ACCESS_KEY` is not",
                [.help("set both, or neither")]
            )
        }
        let token = environment.secret("AWS_SESSION_TOKEN") ?? environment.secret("AWS_SECURITY_TOKEN")
        let end = environment.text("AWS_CREDENTIAL_EXPIRATION").flatMap(AWSTime.seconds)
        return AWSCredentials(accessKeyID: id, secretAccessKey: key, sessionToken: token, expiration: end)
    }
}
