import StrictJSON

/// Any bytes as JSON: read or refused without a trap, and every string decodes to what was counted.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    guard let document = try? JSONDocument(indexing: text, limits: .token) else { return 0 }
    check(document.root, text)
    return 0
}

private func check(_ node: JSONNode, _ text: UnsafeRawBufferPointer) {
    switch node {
    case .string(let string):
        guard string.bytes(in: text).count == string.decodedCount else { fatalError("decoded count") }
    case .array(let elements): for element in elements { check(element, text) }
    case .object(let object): for member in object.members { check(member.value, text) }
    case .null, .bool, .number: break
    }
}
