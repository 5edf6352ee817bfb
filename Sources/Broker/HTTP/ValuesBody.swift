internal import Secrets
internal import StrictJSON

/// The JSON that values leave in, built in secret memory.
enum ValuesBody {
    static func json(_ values: [FetchService.Value]) throws(SecretMemoryError) -> SecretBytes {
        var body = try SecretBuffer(capacity: 256 + values.reduce(0) { $0 + $1.bytes.count * 3 / 2 + 256 })
        try body.append(#"{"secrets":["#)
        for (index, value) in values.enumerated() {
            if index > 0 { try body.append(",") }
            try append(value, to: &body)
        }
        try body.append("]}")
        return body.finish()
    }

    private static func append(_ value: FetchService.Value, to body: inout SecretBuffer) throws(SecretMemoryError) {
        try body.append(#"{"name":\#(JSONWriter.string(value.path.description).line),"value_base64":""#)
        // Not through a text: base64 of a value is the value.
        try value.bytes.withExposedBytes { (bytes) throws(SecretMemoryError) in try Base64.append(bytes, to: &body) }
        let version = value.version.map { #""version":\#(JSONWriter.string($0).line),"# } ?? ""
        try body.append(#"",\#(version)"deliver":\#(delivery(value.delivery).line)}"#)
    }

    private static func delivery(_ delivery: SecretDelivery) -> JSONWriter {
        var members: [(String, JSONWriter)] = []
        if let variable = delivery.variable { members.append(("env", .string(variable.text))) }
        if let file = delivery.file { members.append(("file", .string(file.path))) }
        return .object(members)
    }
}
