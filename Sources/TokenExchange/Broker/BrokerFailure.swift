import AWSClient
import Diagnostics
import HTTPTransport
import Secrets
import StrictJSON

/// Why a call to a broker came to nothing; no token and no value is in it.
struct BrokerFailure: Error {
    enum Kind {
        /// There is no answer.
        case unreachable(HTTPError.Code)
        /// An error of RFC 6749, section 5.2.
        case refused(status: Int, code: String)
        /// An answer that is none of a broker's.
        case strange(status: Int)
    }

    let kind: Kind
    /// What came, for a note: `answered invalid_grant: …`.
    let text: String
    /// When to come back, in milliseconds, where the broker says so.
    var retryAfter: Int64?

    init(_ error: HTTPError) {
        kind = .unreachable(error.code)
        text = error.message
    }

    /// An answer of 200 that is not what the call returns.
    init(_ error: BrokerAnswerError) {
        kind = .strange(status: 200)
        text = "answered 200 with \(error.reason)"
    }

    /// Any answer but 200.
    init(_ answer: HTTPResponse) {
        let json = try? JSONBody(answer.body, limits: JSONLimits(bytes: 64 * 1024, depth: 8, members: 256))
        let code = json?.text(json?.root.object?["error"]).flatMap(Self.code)
        if let code {
            let description = json?.text(json?.root.object?["error_description"]).map {
                ": \($0.printable(limit: 300))"
            }
            kind = .refused(status: answer.status, code: code)
            text = "answered \(code)\(description ?? "")"
        } else {
            let type = answer.header("Content-Type").map { "type \($0.printable(limit: 60))" } ?? "no type"
            kind = .strange(status: answer.status)
            text =
                "answered \(answer.status) with a body of \(type) that is none of a broker's (\(answer.body.count) bytes)"
        }
        retryAfter = Self.retryAfter(answer)
    }

    /// Why another try may help; nil where it would not, or where the call may have had its effect.
    func reasonToWait(_ call: BrokerCall) -> String? {
        switch kind {
        case .unreachable(.connect), .unreachable(.proxyUnreachable): "the broker could not be reached"
        case .unreachable(.timeout) where call.isRepeatable: "the broker did not answer in time"
        case .unreachable(.transport) where call.isRepeatable: "the connection to the broker broke"
        case .refused(let status, _) where status == 429 || status == 503,
            .strange(let status) where status == 429 || status == 503:
            "the broker answered \(status)"
        default: nil
        }
    }

    /// The characters of RFC 6749, section 5.2, and of a length that is a code's.
    private static func code(_ text: String) -> String? {
        let isCode = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard isCode, (1...64).contains(text.utf8.count), text.printable(limit: 64) == text else { return nil }
        return text
    }

    /// Whole seconds (RFC 9110, section 10.2.3); a date is not worth the reading here.
    private static func retryAfter(_ answer: HTTPResponse) -> Int64? {
        guard let seconds = answer.header("Retry-After").flatMap({ Int64($0) }), seconds >= 0 else { return nil }
        return min(seconds, 86_400) * 1000
    }
}
