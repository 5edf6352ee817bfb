package import HTTPTransport

/// Why a call to AWS has no result.
package struct AWSError: Error, Sendable {
    /// What kind of failure it is.
    package enum Kind: Sendable {
        /// The service answered, and its answer is an error.
        case refused(status: Int)
        /// No answer, or half of one.
        case unreachable(HTTPError.Code)
        /// An answer that is not the protocol's.
        case unreadable(status: Int)
        /// The request could not be made.
        case unsendable
    }

    /// What kind of failure it is.
    package let kind: Kind
    /// Who was asked.
    package let service: AWSService
    /// What it was asked for, such as `GetParameters`.
    package let operation: String
    /// The service's code without a namespace, such as `AccessDeniedException`; empty where it sent none.
    package let code: String
    /// What happened, in the service's or libcurl's words, made fit for a message.
    package let message: String
    /// What AWS's support asks for; nil without an answer.
    package var requestID: String?
    /// How far this machine's clock is ahead of the service's in seconds, where the service told its time.
    package var clockSkew: Int64?
    /// The service's clock in seconds since the Unix epoch, where it answered with one.
    var serverTime: Int64?
    /// How long the service wants to be left alone, in milliseconds.
    var retryAfter: Int64?

    /// Describes a failure.
    package init(_ kind: Kind, _ service: AWSService, _ operation: String, code: String = "", message: String) {
        self.kind = kind
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
    }

    /// Whether the code is this one; models and wires disagree on the ending `Exception`.
    package func hasCode(_ name: String) -> Bool { Self.stem(code).elementsEqual(Self.stem(name)) }

    /// Whether the code is one of these.
    package func hasCode(among names: [String]) -> Bool { names.contains(where: hasCode) }

    /// What a note says of it: the service, the operation, the code, the words and the request's id.
    package var text: String {
        let call = "\(service.name) \(operation)"
        let id = requestID.map { " (request \($0))" } ?? ""
        return switch kind {
        case .refused(let status) where code.isEmpty: "\(call) answered \(status)\(id)"
        case .refused: "\(call) answered \(code): \(message.isEmpty ? "no reason" : message)\(id)"
        case .unreadable(let status): "\(call) answered \(status) with \(message)\(id)"
        case .unreachable, .unsendable: "\(call): \(message)"
        }
    }

    private static func stem(_ code: String) -> Substring.UTF8View {
        let ending = "Exception"
        return code.hasSuffix(ending) ? code.dropLast(ending.count).utf8 : code[...].utf8
    }
}
