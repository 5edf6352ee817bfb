package import Diagnostics
import HTTPTransport
import Secrets
import StrictJSON

/// Credentials as programs and metadata services hand them out, in JSON.
struct CredentialsDocument {
    let credentials: AWSCredentials

    /// Reads a document; `origin` is who wrote it, `token` what it calls the session's token.
    init(_ body: SecretBytes, from origin: String, token: String, version: Int64? = nil) throws(Diagnostic) {
        guard let json = try? JSONBody(body, limits: .document), let object = json.root.object else {
            throw Self.unusable("\(origin) wrote something that is no JSON object (\(body.count) bytes)")
        }
        if let version, object["Version"]?.number?.integer != version {
            throw Self.unusable("\(origin) wrote another version of credentials than \(version)")
        }
        if let code = json.text(object["Code"]), code != "Success" {
            throw Self.unusable("\(origin) has no credentials: \(code.printable(limit: 100))")
        }
        guard let id = json.text(object["AccessKeyId"]), !id.isEmpty,
            id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let key = object["SecretAccessKey"]?.string.flatMap({ try? json.secret($0) }), !key.isEmpty
        else { throw Self.unusable("\(origin) wrote no `AccessKeyId` and `SecretAccessKey`") }
        let session = object[token]?.string.flatMap { try? json.secret($0) }
        credentials = AWSCredentials(
            accessKeyID: id,
            secretAccessKey: key,
            sessionToken: session.flatMap { $0.isEmpty ? nil : $0 },
            expiration: try Self.expiration(json.text(object["Expiration"]), origin)
        )
    }

    private static func expiration(_ text: String?, _ origin: String) throws(Diagnostic) -> Int64? {
        guard let text else { return nil }
        guard let seconds = AWSTime.seconds(text) else {
            throw unusable("\(origin) wrote an `Expiration` that is no moment, such as `2026-08-17T10:00:00Z`")
        }
        return seconds
    }

    private static func unusable(_ message: String) -> Diagnostic {
        Diagnostic(.awsCredentialsUnusable, message)
    }
}

extension Diagnostic.ID {
    /// There are credentials, and they cannot be used.
    package static let awsCredentialsUnusable = Diagnostic.ID("aws-credentials-unusable")
    /// No place has credentials.
    package static let awsCredentialsMissing = Diagnostic.ID("aws-credentials-missing")
}
