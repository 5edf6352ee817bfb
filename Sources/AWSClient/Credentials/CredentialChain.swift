package import Diagnostics

/// Finds credentials where AWS's own tools look for them, in their order, and keeps them while they last.
///
/// Variables, a profile's role, a web identity's file, keys in the shared files, a program, a container's endpoint, and the
/// machine's metadata service (docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html). IAM Identity Center
/// is not read; `credential_process = aws configure export-credentials --profile NAME` leads to it.
package actor CredentialChain: AWSCredentialsProvider {
    /// Sessions are renewed so long before their end, in seconds.
    private static let margin: Int64 = 300

    private let surroundings: CredentialSurroundings
    private var current: AWSCredentials?

    /// A chain that has not looked anywhere yet.
    package init(_ surroundings: CredentialSurroundings) { self.surroundings = surroundings }

    /// Credentials that last for some minutes yet, or as long as they do where there are no others just then.
    package func credentials() async throws(Diagnostic) -> AWSCredentials {
        if let current, current.expiration.map({ $0 - surroundings.outside.now() > Self.margin }) ?? true {
            return current
        }
        let found: AWSCredentials
        do throws(Diagnostic) { found = try await CredentialSearch(surroundings).credentials() } catch {
            // What there is may last until the next one can be had.
            guard let current, let end = current.expiration, end > surroundings.outside.now() else { throw error }
            return current
        }
        if let end = found.expiration, end <= surroundings.outside.now() { throw Self.expired(found, end) }
        current = found
        return found
    }

    private static func expired(_ credentials: AWSCredentials, _ end: Int64) -> Diagnostic {
        Diagnostic(
            .awsCredentialsUnusable,
            "the credentials `\(credentials.accessKeyID.printable(limit: 100))` expired at \(AWSTime.text(end))",
            [.help("log in again, or renew them where they come from; if they are new, set this machine's clock")]
        )
    }

    /// The region of `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile; nil where none names one.
    package static func region(_ surroundings: CredentialSurroundings) throws(Diagnostic) -> String? {
        try CredentialSearch(surroundings).region
    }
}
