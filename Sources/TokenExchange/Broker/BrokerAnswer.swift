import AWSClient
import HTTPTransport
import Secrets
import StrictJSON

/// The object that a broker's answer is, read strictly: what is missing, doubled or of another kind is an error.
///
/// Members that this version does not know are left alone (RFC 6749, section 5.1).
struct BrokerAnswer {
    private let json: JSONBody
    private let object: JSONObject
    /// Where the object stands, for messages: empty, or such as ` of secret 2`.
    private let place: String

    init(_ body: SecretBytes) throws(BrokerAnswerError) {
        guard let json = try? JSONBody(body, limits: .document), let object = json.root.object else {
            throw BrokerAnswerError("a body that is no JSON object (\(body.count) bytes)")
        }
        self.init(json, object, "")
    }

    private init(_ json: JSONBody, _ object: JSONObject, _ place: String) {
        self.json = json
        self.object = object
        self.place = place
    }

    /// The objects of a list, each with its own place in messages.
    func objects(_ name: String, each element: String) throws(BrokerAnswerError) -> [BrokerAnswer] {
        guard let list = object[name]?.array else { throw missing(name, "a list") }
        var answers: [BrokerAnswer] = []
        for (index, node) in list.enumerated() {
            let place = " of \(element) \(index + 1)"
            guard let object = node.object else { throw BrokerAnswerError("no object in place\(place)") }
            answers.append(BrokerAnswer(json, object, place))
        }
        return answers
    }

    /// The object that a member is.
    func member(_ name: String) throws(BrokerAnswerError) -> BrokerAnswer {
        guard let object = object[name]?.object else { throw missing(name, "an object") }
        return BrokerAnswer(json, object, place)
    }

    func bool(_ name: String) throws(BrokerAnswerError) -> Bool {
        guard case .bool(let value) = object[name] else { throw missing(name, "true or false") }
        return value
    }

    func integer(_ name: String, in range: ClosedRange<Int64>) throws(BrokerAnswerError) -> Int64 {
        guard let value = object[name]?.number?.integer, range.contains(value) else {
            throw missing(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A text that is no secret, not empty, and fit for a message.
    func text(_ name: String, limit: Int = 1000) throws(BrokerAnswerError) -> String {
        guard let text = try optionalText(name, limit: limit) else { throw missing(name, "text") }
        return text
    }

    /// The same, or nil without such a member.
    func optionalText(_ name: String, limit: Int = 1000) throws(BrokerAnswerError) -> String? {
        switch object[name] {
        case nil, .null: return nil
        case .string(let string) where (1...limit).contains(string.decodedCount):
            return json.text(object[name])?.printable(limit: limit)
        default: throw missing(name, "text of 1 to \(limit) bytes")
        }
    }

    /// A text whose bytes are compared or taken apart.
    func exactText(_ name: String) throws(BrokerAnswerError) -> String {
        guard let text = json.text(object[name]) else { throw missing(name, "text") }
        return text
    }

    /// The texts of a list, or nil without such a member.
    func optionalTexts(_ name: String) -> [String]? {
        object[name]?.array.map { $0.compactMap { json.text($0) } }
    }

    /// A text that goes from locked memory to locked memory.
    func secret(_ name: String) throws(BrokerAnswerError) -> SecretBytes {
        guard let string = object[name]?.string else { throw missing(name, "text") }
        do { return try json.secret(string) } catch { throw BrokerAnswerError("more secrets than there is memory for") }
    }

    func has(_ name: String) -> Bool { object[name] != nil }

    func wrong(_ name: String, _ reason: String) -> BrokerAnswerError {
        let article = "aeiou".contains(name.prefix(1)) ? "an" : "a"
        return BrokerAnswerError("\(article) `\(name)`\(place) \(reason)")
    }

    private func missing(_ name: String, _ wanted: String) -> BrokerAnswerError {
        guard has(name) else { return BrokerAnswerError("no `\(name)`\(place)") }
        return wrong(name, "that is not \(wanted)")
    }
}
