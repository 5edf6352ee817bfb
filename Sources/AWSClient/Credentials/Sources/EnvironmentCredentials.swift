import Diagnostics
import Secrets

/// Credentials in variables.
enum EnvironmentCredentials {
    private static let names = [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
    ]

    /// The credentials of `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or nil without the first.
    static func find(_ environment: EnvironmentVariables) throws(Diagnostic) -> AWSCredentials? {
        guard let id = environment.text("AWS_ACCESS_KEY_ID") else { return nil }
        guard let key = environment.secret("AWS_SECRET_ACCESS_KEY") else {
            throw Diagnostic(
                .awsCredentialsUnusable, "`AWS_ACCESS_KEY_ID` is set, and `AWS_SECRET_ACCESS_KEY` is not",
                [.help("set both, or neither")]
            )
        }
        for name in names { try check(name, environment) }
        let token = environment.secret("AWS_SESSION_TOKEN") ?? environment.secret("AWS_SECURITY_TOKEN")
        let end = environment.text("AWS_CREDENTIAL_EXPIRATION").flatMap(AWSTime.seconds)
        return AWSCredentials(accessKeyID: id, secretAccessKey: key, sessionToken: token, expiration: end)
    }

    /// What was read from a file brings its line break along, which no header of a request may have.
    private static func check(_ name: String, _ environment: EnvironmentVariables) throws(Diagnostic) {
        let hasControl = environment.secret(name)?.withExposedBytes { $0.contains { $0 < 0x20 || $0 == 0x7F } }
        guard hasControl != true else {
            throw Diagnostic(
                .awsCredentialsUnusable, "`\(name)` has a line break or another control character",
                [.help("set it without: `export \(name)=\"$(cat FILE)\"` leaves the last line break out")]
            )
        }
    }
}
