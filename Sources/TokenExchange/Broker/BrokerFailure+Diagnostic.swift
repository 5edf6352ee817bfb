package import Diagnostics
import HTTPTransport

extension BrokerFailure {
    /// What the user is told and what there is to do.
    func diagnostic(of call: BrokerCall, at address: BrokerAddress) -> Diagnostic {
        let broker = "the broker at `\(address.url)`"
        let note = Diagnostic.Remark.note(isUnreachable ? "\(call.name): \(text)" : "\(call.name) \(text)")
        switch kind {
        case .unreachable(.bodyTooLarge), .unreachable(.headersTooLarge):
            return strange(broker, note)
        case .unreachable:
            return Diagnostic(
                .brokerUnavailable, "\(broker) could not be reached",
                [note, .help("check the URL, and that this machine may reach it; then run the job again")]
            )
        case .refused(let status, _) where status == 429 || status >= 500,
            .strange(let status) where status == 429 || status >= 500:
            return unavailable(broker, note, status)
        case .refused(_, let code):
            let message = "\(broker) \(Self.refusal(call.purpose))"
            return Diagnostic(.brokerRefused, message, [note, .help(Self.help(code, address))])
        case .strange:
            return strange(broker, note)
        }
    }

    private var isUnreachable: Bool {
        guard case .unreachable = kind else { return false }
        return true
    }

    private func strange(_ broker: String, _ note: Diagnostic.Remark) -> Diagnostic {
        Diagnostic(
            .brokerAnswer, "\(broker) did not answer as it should",
            [note, .help("check the URL, and that what answers there is an inject-broker as new as inject")]
        )
    }

    private func unavailable(_ broker: String, _ note: Diagnostic.Remark, _ status: Int) -> Diagnostic {
        let message = status == 429 ? "is asked too much by this machine" : "cannot answer now"
        let wish = retryAfter.map { Diagnostic.Remark.note("it asks to come back in \($0 / 1000) s") }
        let help = Diagnostic.Remark.help("run the job again; if it stays, ask whoever runs the broker")
        return Diagnostic(.brokerUnavailable, "\(broker) \(message)", [note] + [wish].compactMap(\.self) + [help])
    }

    private static func refusal(_ purpose: BrokerCall.Purpose) -> String {
        switch purpose {
        case .exchange: "gives this job no token"
        case .fetch: "does not give the secrets"
        case .revocation: "does not revoke its token"
        case .explanation: "does not explain its decisions to this job"
        case .check: "does not answer this machine"
        }
    }

    private static func help(_ code: String, _ address: BrokerAddress) -> String {
        switch code {
        case "invalid_grant":
            "check that the broker trusts the token's issuer and takes `\(address.url)` as its audience; a token is good once"
        case "invalid_scope", "access_denied", "insufficient_scope":
            "the broker decides by the default branch's policy: `inject explain` asks it why"
        case "invalid_token":
            "its token has ended or was revoked: run the job again"
        case "invalid_target":
            "check the broker's URL: this one does not serve it"
        case "invalid_request", "unsupported_grant_type":
            "check that the broker is as new as inject"
        default:
            "ask whoever runs the broker: its audit log says more"
        }
    }
}

extension Diagnostic.ID {
    /// A broker could not be reached, or has no answer now.
    package static let brokerUnavailable = Diagnostic.ID("broker-unavailable")
    /// A broker refuses.
    package static let brokerRefused = Diagnostic.ID("broker-refused")
    /// What answered is no broker, or one that is broken.
    package static let brokerAnswer = Diagnostic.ID("broker-answer")
}
