import Broker
import Secrets

/// Any bytes as a form: read as a naive reader reads them, and refused where it refuses them.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzForm(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    guard let body = try? SecretBytes(copying: text) else { return 0 }
    let (form, expected) = (FormBody(body), naiveForm(Array(text)))
    guard (form == nil) == (expected == nil) else { fatalError("one of them refuses it") }
    for (name, value) in expected ?? [] {
        guard let name = String(validating: name, as: UTF8.self) else { continue }
        let found = form?[name].map { value in value.withExposedBytes { Array($0) } }
        guard found == (value.isEmpty ? nil : value) else { fatalError("a value differs") }
    }
    return 0
}

/// The parameters, or nil for what is no form of sixteen at most.
private func naiveForm(_ text: [UInt8]) -> [(name: [UInt8], value: [UInt8])]? {
    var parameters: [(name: [UInt8], value: [UInt8])] = []
    for part in text.split(separator: UInt8(ascii: "&")) {
        guard let equals = part.firstIndex(of: UInt8(ascii: "=")), let name = decoded(Array(part[..<equals])),
            let value = decoded(Array(part[(equals + 1)...])), !parameters.contains(where: { $0.name == name })
        else { return nil }
        parameters.append((name, value))
    }
    return parameters.count <= 16 ? parameters : nil
}

private func decoded(_ text: [UInt8]) -> [UInt8]? {
    var (bytes, rest) = ([UInt8](), text[...])
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            continue
        }
        let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 else { return nil }
        bytes.append(UInt8(16 * digits[0] + digits[1]))
        rest = rest.dropFirst(2)
    }
    return bytes
}
