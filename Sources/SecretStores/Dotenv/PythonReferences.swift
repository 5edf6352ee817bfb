internal import Diagnostics
internal import Secrets

/// Replaces `${NAME}` and `${NAME:-default}` as python-dotenv does, in locked memory.
///
/// A name may hold anything but `}` and `:`. Only earlier keys of the file are asked, never the process's environment: what a
/// secret is must not depend on who reads it.
struct PythonReferences {
    let entries: [DotenvEntry]

    func expand(_ value: SecretBytes, in source: DotenvSource) throws(Diagnostic) -> SecretBytes {
        guard value.withExposedBytes({ $0.contains(UInt8(ascii: "$")) }) else { return value }
        do {
            var buffer = try SecretBuffer(capacity: value.count)
            try value.withExposedBytes { bytes throws(SecretMemoryError) in
                var offset = 0
                while offset < bytes.count {
                    if let reference = Self.reference(at: offset, in: bytes) {
                        try append(reference, of: bytes, to: &buffer)
                        offset = reference.end
                    } else {
                        try buffer.append(bytes[offset])
                        offset += 1
                    }
                }
            }
            return buffer.finish()
        } catch {
            throw source.noMemory
        }
    }

    /// Ranges of a value.
    private struct Reference {
        let name: Range<Int>
        let fallback: Range<Int>
        let end: Int
    }

    private static func reference(at start: Int, in bytes: UnsafeRawBufferPointer) -> Reference? {
        let byte = { (offset: Int) in offset < bytes.count ? bytes[offset] : nil }
        guard byte(start) == UInt8(ascii: "$"), byte(start + 1) == UInt8(ascii: "{") else { return nil }
        var end = start + 2
        while let next = byte(end), next != UInt8(ascii: "}"), next != UInt8(ascii: ":") { end += 1 }
        let name = start + 2..<end
        guard byte(end) != UInt8(ascii: "}") else { return Reference(name: name, fallback: end..<end, end: end + 1) }
        guard byte(end) == UInt8(ascii: ":"), byte(end + 1) == UInt8(ascii: "-") else { return nil }
        let fallbackStart = end + 2
        end = fallbackStart
        while let next = byte(end), next != UInt8(ascii: "}") { end += 1 }
        guard end < bytes.count else { return nil }
        return Reference(name: name, fallback: fallbackStart..<end, end: end + 1)
    }

    private func append(
        _ reference: Reference,
        of bytes: UnsafeRawBufferPointer,
        to buffer: inout SecretBuffer
    ) throws(SecretMemoryError) {
        guard let entry = entries.last(where: { $0.key.elementsEqual(bytes[reference.name]) }) else {
            return try buffer.append(UnsafeRawBufferPointer(rebasing: bytes[reference.fallback]))
        }
        try entry.value?.withExposedBytes { value throws(SecretMemoryError) in try buffer.append(value) }
    }
}
