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
        case .refused where isPassing:
            return (
                "there is no session of `\(role)`: STS did not answer as it should",
                "try again; if it stays, see health.aws.amazon.com"
            )
        case .refused:
            guard let (reason, help) = requestFault else { return (refusal, help) }
            return ("there is no session of `\(role)`: \(reason)", help)
        case .unsendable: return (refusal, help)
        }
    }

    /// What of the request itself STS does not take, whomever the role trusts.
    private var requestFault: (reason: String, help: String)? {
        if hasCode("RegionDisabled") {
            let help = "name another region in `AWS_REGION`, or activate STS there in the account's IAM settings"
            return ("STS is switched off in this region for the account", help)
        }
        if hasCode("ValidationError") {
            let help = """
                check the role's ARN and `duration_seconds`: it is at most what the role allows, and 3600 where one role \
                is taken on with another's session
                """
            return ("STS finds the request wrong", help)
        }
        // AWS has the same code for this as for a role that does not trust, and tells it by words alone.
        if hasCode("AccessDenied"), message.hasPrefix("MultiFactorAuthentication failed") {
            let help = "wait for the device's next code, which is good once, and check `mfa_serial`"
            return ("STS does not accept the device's code", help)
        }
        return nil
    }
}
