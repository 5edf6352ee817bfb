import AWSClient
package import Diagnostics

extension AWSError {
    /// What to tell somebody whose secret could not be had.
    func diagnostic(of what: String, in region: String) -> Diagnostic {
        let (id, message, help) = explanation(what, region)
        return Diagnostic(id, message, remarks + [.help(help)])
    }

    private func explanation(_ what: String, _ region: String) -> (Diagnostic.ID, String, String) {
        if let (fault, help) = credentialsFault {
            return (.awsCredentialsUnusable, "\(what) could not be fetched: \(fault)", help)
        }
        if let refusal = refusal(what, region) { return refusal }
        if case .unreachable = kind {
            let help = "check that `\(region)` is a region, and that this machine may reach it over HTTPS"
            return (.awsUnreachable, "\(what) could not be fetched", networkHelp ?? help)
        }
        return (.awsUnreachable, "\(what) could not be fetched", "try again; if it stays, \(whomToAsk)")
    }

    /// AWS's own answers have an id that its support asks for.
    private var whomToAsk: String {
        guard case .unreadable = kind, requestID == nil else {
            return "ask AWS's support with the request's id, or see health.aws.amazon.com"
        }
        return "check whether a proxy stands between this machine and AWS"
    }

    private func refusal(_ what: String, _ region: String) -> (Diagnostic.ID, String, String)? {
        if hasCode(among: ["ResourceNotFound", "ParameterNotFound", "ParameterVersionNotFound"]) {
            let help = "check its name and version, and that it is in this region and account"
            return (.secretMissing, "there is no \(what) in `\(region)`", help)
        }
        if let refusal = keyRefusal(what) { return refusal }
        if hasCode("AccessDenied") {
            let help = "allow the role to read it; for another account's, its resource policy has to allow it, too"
            return (.awsSecretDenied, "AWS does not let this session read \(what)", help)
        }
        if hasCode(among: ["NotFound", "IncorrectKey", "InvalidCiphertext", "InvalidKeyUsage"]) {
            let help = "check the key's ARN, its region and account, and that the file was encrypted with this very key"
            return (.awsSecretUnusable, "KMS cannot use \(what)", help)
        }
        if hasCode(among: ["Validation", "ValidationError", "InvalidParameter"]) {
            let help = "check the name or ARN in the reference, or that of the key"
            return (.awsSecretUnusable, "AWS finds the request for \(what) wrong", help)
        }
        if hasCode("InvalidRequest") {
            let help = "if it is marked for deletion, restore it: aws secretsmanager restore-secret"
            return (.awsSecretUnusable, "\(what) cannot be read", help)
        }
        return nil
    }

    private func keyRefusal(_ what: String) -> (Diagnostic.ID, String, String)? {
        let codes = ["DecryptionFailure", "KMSAccessDenied", "InvalidKeyId", "Disabled", "KMSInvalidState"]
        guard hasCode(among: codes) || (hasCode("AccessDenied") && isAboutKey) else { return nil }
        let isWrapping = operation == "Encrypt"
        let action = isWrapping ? "kms:Encrypt" : "kms:Decrypt"
        let help = "allow the role `\(action)` on the key, in the key's own policy, too, and check that it is enabled"
        return (.awsSecretDenied, "KMS does not \(isWrapping ? "encrypt with" : "open") \(what)", help)
    }

    /// Whether it is the key that is denied: the stores have one code for that and for the secret, and tell it by words.
    private var isAboutKey: Bool {
        service == .kms || ["kms:", "Access to KMS", "customer master key"].contains { message.contains($0) }
    }
}

extension Diagnostic.ID {
    /// AWS does not let the session read a secret.
    static let awsSecretDenied = Diagnostic.ID("aws-secret-denied")
    /// A secret is there but has no value that can be read.
    static let awsSecretUnusable = Diagnostic.ID("aws-secret-unusable")
    /// AWS did not answer, or not with what it should.
    package static let awsUnreachable = Diagnostic.ID("aws-unreachable")
}
