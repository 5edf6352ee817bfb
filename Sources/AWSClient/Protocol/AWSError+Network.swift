import HTTPTransport

extension AWSError {
    /// What to do where something between this machine and AWS is in the way; nil where it is something else.
    package var networkHelp: String? {
        guard case .unreachable(let code) = kind else { return nil }
        return switch code {
        case .proxy, .proxyUnreachable:
            "check the address in `HTTPS_PROXY`, and in `NO_PROXY` what is reached without it"
        case .tls: "let `AWS_CA_BUNDLE` name the certificates of what opens TLS on the way; it has to speak TLS 1.3"
        default: nil
        }
    }
}
