import Diagnostics

extension AWSError {
    /// What is wrong with the credentials that signed, and what to do about it; nil where it is something else.
    package var credentialsFault: (fault: String, help: String)? {
        if hasCode("ExpiredToken") {
            let help = "log in again, as you do for `aws`; a job gets new credentials when it is run again"
            return ("the credentials have expired", help)
        }
        if hasCode(among: Self.signatureCodes) {
            let help = "set this machine's clock, or check that the secret access key is that of the access key's id"
            return ("AWS does not accept the signature", help)
        }
        if hasCode(among: Self.unknownCodes) {
            let help = "log in again or check the keys; a region that is off by default has to be enabled, too"
            return ("AWS does not know the credentials", help)
        }
        return nil
    }

    private static let signatureCodes = [
        "InvalidSignature", "IncompleteSignature", "SignatureDoesNotMatch", "RequestExpired", "RequestTimeTooSkewed",
    ]
    private static let unknownCodes = [
        "UnrecognizedClient", "InvalidClientTokenId", "InvalidAccessKeyId", "MissingAuthenticationToken",
    ]

    /// What to tell somebody whose credentials become no session of a role; `refusal` and `help` are for where AWS says no.
    func noSession(of role: String, _ refusal: String, at place: Diagnostic.Place? = nil, help: String) -> Diagnostic {
        let (message, help) = explanation(role, refusal, help)
        return Diagnostic(.awsCredentialsUnusable, message, at: place, remarks + [.help(help)])
    }

    private func explanation(_ role: String, _ refusal: String, _ help: String) -> (String, String) {
        switch kind {
        case .unreachable:
            let help = networkHelp ?? "check the network and the region; `AWS_REGION` says whose STS is asked"
            return ("there is no session of `\(role)`: STS could not be reached", help)
        case .unreadable:
            let help = "try again; if it stays, check whether a proxy stands between this machine and AWS"
            return ("there is no session of `\(role)`: STS did not answer as it should", help)
        case .refused where isThrottling:
            return ("there is no session of `\(role)`: STS is asked too much by this account", "try again later")
        case .refused, .unsendable: return (refusal, help)
        }
    }
}
