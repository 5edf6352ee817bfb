import HTTPTransport
import Secrets
import StrictJSON

extension AWSError {
    /// Reads an answer that is no success, in whichever form it came: JSON, XML, or neither, as from a proxy.
    init(_ call: AWSCall, answer: HTTPResponse) {
        let fields = ErrorFields(answer)
        let kind: Kind = fields.isReadable ? .refused(status: answer.status) : .unreadable(status: answer.status)
        self.init(kind, call.service, call.operation, code: fields.code ?? "", message: fields.message)
        requestID = (answer.header("x-amzn-RequestId") ?? fields.requestID)?.printable(limit: 64)
        serverTime = answer.serverTime
        retryAfter = answer.header("x-amz-retry-after").flatMap { Int64($0) }
    }

    /// An answer of 200 that is not what the operation returns.
    init(_ call: AWSCall, unreadable answer: HTTPResponse, _ reason: String) {
        self.init(.unreadable(status: answer.status), call.service, call.operation, message: reason)
        requestID = answer.header("x-amzn-RequestId")?.printable(limit: 64)
        serverTime = answer.serverTime
    }
}

/// What an error's body says of itself.
private struct ErrorFields {
    var code: String?
    var message = ""
    var requestID: String?
    var isReadable = true

    init(_ answer: HTTPResponse) {
        let first = answer.body.withExposedBytes { body in body.first { $0 > 0x20 } }
        switch first {
        case UInt8(ascii: "{"): readJSON(answer.body)
        case UInt8(ascii: "<"): readXML(answer.body)
        default: isReadable = false
        }
        code = Self.withoutNamespace(answer.header("x-amzn-ErrorType") ?? code)
        if code != nil { isReadable = true }
        if code == nil, isReadable { isReadable = false }
        if !isReadable { message = Self.description(of: answer) }
        message = message.printable(limit: 400)
    }

    private mutating func readJSON(_ body: SecretBytes) {
        guard let json = try? JSONBody(body, limits: .document), let root = json.root.object else { return }
        code = json.text(root["__type"]) ?? json.text(root["code"])
        message = json.text(root["message"]) ?? json.text(root["Message"]) ?? ""
    }

    private mutating func readXML(_ body: SecretBytes) {
        guard let xml = try? XMLBody(body) else { return }
        let path = xml.root == "Response" ? ["Errors", "Error"] : ["Error"]
        code = xml.text(at: path + ["Code"])
        message = xml.text(at: path + ["Message"]) ?? ""
        requestID = xml.text(at: ["RequestId"]) ?? xml.text(at: ["RequestID"])
    }

    /// `com.amazon.coral.service#ThrottlingException:http://…` is `ThrottlingException`.
    private static func withoutNamespace(_ code: String?) -> String? {
        guard let code else { return nil }
        let head = code.prefix { $0 != ":" }
        let name = (head.split(separator: "#").last.map(String.init) ?? String(head)).printable(limit: 100)
        return name.isEmpty ? nil : name
    }

    private static func description(of answer: HTTPResponse) -> String {
        let type = answer.header("Content-Type").map { "a body of type \($0)" } ?? "a body of no type"
        return "\(type) that is no answer of AWS (\(answer.body.count) bytes)"
    }
}
