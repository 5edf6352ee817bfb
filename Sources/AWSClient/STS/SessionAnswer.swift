import Secrets

/// The credentials in an answer of STS.
struct SessionAnswer {
    let credentials: AWSCredentials

    /// Reads `OPERATIONResponse`, whose result holds `Credentials` with all four members.
    init(_ body: SecretBytes, operation: String) throws(SessionAnswerError) {
        let path = ["\(operation)Result", "Credentials"]
        guard let xml = try? XMLBody(body), xml.root == "\(operation)Response",
            let id = xml.text(at: path + ["AccessKeyId"]), Self.isAccessKeyID(id),
            let key = try? xml.secret(at: path + ["SecretAccessKey"]), Self.isVisible(key),
            let token = try? xml.secret(at: path + ["SessionToken"]), Self.isVisible(token),
            let expiration = xml.text(at: path + ["Expiration"]).flatMap(AWSTime.seconds)
        else { throw SessionAnswerError() }
        credentials = AWSCredentials(
            accessKeyID: id,
            secretAccessKey: key,
            sessionToken: token,
            expiration: expiration
        )
    }

    private static func isAccessKeyID(_ text: String) -> Bool {
        (16...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x7A).contains($0) }
    }

    private static func isVisible(_ secret: SecretBytes) -> Bool {
        !secret.isEmpty && secret.withExposedBytes { $0.allSatisfy { (0x21...0x7E).contains($0) } }
    }
}

/// An answer of STS holds no credentials.
struct SessionAnswerError: Error {}
