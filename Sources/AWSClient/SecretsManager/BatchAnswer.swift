import HTTPTransport
import StrictJSON

/// An answer of `BatchGetSecretValue`, which is a success even where no secret of it is.
struct BatchAnswer {
    private struct Entry {
        let arn: String?
        let name: String?
        let node: JSONNode
    }

    private let json: JSONBody
    private let call: AWSCall
    private let values: [Entry]
    private let errors: [(id: String, error: AWSError)]

    init(_ json: JSONBody, call: AWSCall) {
        self.json = json
        self.call = call
        values = (json.root.object?["SecretValues"]?.array ?? []).map { node in
            Entry(arn: json.text(node.object?["ARN"]), name: json.text(node.object?["Name"]), node: node)
        }
        errors = (json.root.object?["Errors"]?.array ?? []).compactMap { node in
            guard let id = json.text(node.object?["SecretId"]) else { return nil }
            let code = json.text(node.object?["ErrorCode"]) ?? ""
            let message = json.text(node.object?["Message"]) ?? ""
            let error = AWSError(
                .refused(status: 200), call.service, call.operation,
                code: code.printable(limit: 100),
                message: message.printable(limit: 400)
            )
            return (id, error)
        }
    }

    /// What became of one of the asked ids, or nil for one that is not mentioned.
    func result(of id: String) -> Result<VersionedValue, AWSError>? {
        if let error = errors.first(where: { $0.id.utf8.elementsEqual(id.utf8) })?.error { return .failure(error) }
        guard let entry = values.first(where: { Self.matches($0, id) }) else { return nil }
        do throws(AWSError) {
            return .success(try SecretValue.read(entry.node, in: json, of: call))
        } catch {
            return .failure(error)
        }
    }

    /// An ARN may be asked for without the six random characters at its end.
    private static func matches(_ entry: Entry, _ id: String) -> Bool {
        if entry.name?.utf8.elementsEqual(id.utf8) == true { return true }
        guard let arn = entry.arn, id.hasPrefix("arn:") else { return false }
        let isPartial = arn.utf8.count == id.utf8.count + 7 && arn.utf8.starts(with: (id + "-").utf8)
        return isPartial || arn.utf8.elementsEqual(id.utf8)
    }
}
