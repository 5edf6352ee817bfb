package import Secrets
package import StrictJSON

/// An answer before anybody's HTTP.
package struct BrokerReply: Sendable {
    /// The status.
    package let status: Int
    /// The header, beside length and date.
    package var headers: [(name: String, value: String)]
    /// The body; it may hold values.
    package let body: SecretBytes?

    /// An answer in JSON, which nobody may store (RFC 6749, section 5.1).
    package static func json(_ status: Int, _ body: JSONWriter) -> BrokerReply {
        text(status, body.line, type: "application/json")
    }

    /// An answer in text.
    package static func text(_ status: Int, _ text: String, type: String = "text/plain; charset=utf-8") -> BrokerReply {
        var text = text
        let body = text.withUTF8 { try? SecretBytes(copying: UnsafeRawBufferPointer($0)) }
        guard let body else { return BrokerReply(status: 503, headers: [], body: nil) }
        return secret(status, body, type: type)
    }

    /// An answer that holds secrets.
    static func secret(_ status: Int, _ body: SecretBytes, type: String = "application/json") -> BrokerReply {
        BrokerReply(
            status: status,
            headers: [("Content-Type", type), ("Cache-Control", "no-store"), ("Pragma", "no-cache")],
            body: body
        )
    }

    /// An OAuth error.
    package static func refusal(_ refusal: Refusal) -> BrokerReply {
        let body = JSONWriter.object([
            ("error", .string(refusal.code.rawValue)), ("error_description", .string(refusal.description)),
        ])
        var reply = json(refusal.code.status, body)
        switch refusal.code {
        case .invalidToken: reply.headers.append(("WWW-Authenticate", "Bearer error=\"invalid_token\""))
        case .unavailable where !refusal.isLasting: reply.headers.append(("Retry-After", "5"))
        default: break
        }
        return reply
    }
}

extension Refusal.Code {
    fileprivate var status: Int {
        switch self {
        case .invalidToken: 401
        case .slowDown: 429
        case .unavailable: 503
        case .invalidRequest, .invalidGrant, .invalidScope, .unsupportedGrantType, .invalidTarget: 400
        }
    }
}
