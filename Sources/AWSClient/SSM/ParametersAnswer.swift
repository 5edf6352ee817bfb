import HTTPTransport
import StrictJSON

/// An answer of `GetParameters`, which is a success even where no parameter of it is.
struct ParametersAnswer {
    private struct Entry {
        let name: String
        let selector: String
        let value: JSONString?
        let version: String?
    }

    private let json: JSONBody
    private let call: AWSCall
    private let entries: [Entry]
    private let invalid: [String]

    init(_ json: JSONBody, call: AWSCall) {
        self.json = json
        self.call = call
        entries = (json.root.object?["Parameters"]?.array ?? []).compactMap { node in
            guard let object = node.object else { return nil }
            return Entry(
                name: json.text(object["Name"]) ?? "",
                selector: json.text(object["Selector"]) ?? "",
                value: object["Value"]?.string,
                version: object["Version"]?.number?.integer.map(String.init)
            )
        }
        invalid = (json.root.object?["InvalidParameters"]?.array ?? []).compactMap { json.text($0) }
    }

    /// What became of one of the asked names; one that is not mentioned is a failure, too.
    func result(of asked: String) -> Result<VersionedValue, AWSError> {
        guard !invalid.contains(where: { $0.utf8.elementsEqual(asked.utf8) }) else {
            return .failure(
                AWSError(
                    .refused(status: 200), call.service, call.operation, code: "ParameterNotFound",
                    message: "the name is among `InvalidParameters`"
                )
            )
        }
        let colon = asked.utf8.firstIndex(of: UInt8(ascii: ":")) ?? asked.endIndex
        let entry = entries.first { entry in
            let isAsked = entry.name.utf8.elementsEqual(asked.utf8[..<colon])
            // Not everybody repeats the version or label; the request names a parameter only once.
            return isAsked && (entry.selector.isEmpty || entry.selector.utf8.elementsEqual(asked.utf8[colon...]))
        }
        guard let entry, let text = entry.value, let value = try? json.secret(text) else {
            return .failure(
                AWSError(
                    .unreadable(status: 200), call.service, call.operation,
                    message: "no value for `\(asked.printable(limit: 200))`"
                )
            )
        }
        return .success(VersionedValue(value, version: entry.version))
    }
}
