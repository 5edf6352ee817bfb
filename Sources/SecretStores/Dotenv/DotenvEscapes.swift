internal import Diagnostics
internal import Secrets

/// Replaces backslash escapes in locked memory.
enum DotenvEscapes {
    /// The value with each escape that `meaning` knows replaced; a backslash before anything else stays.
    static func expand(
        _ value: SecretBytes,
        in source: DotenvSource,
        _ meaning: (UInt8) -> UInt8?
    ) throws(Diagnostic) -> SecretBytes {
        do {
            var buffer = try SecretBuffer(capacity: value.count)
            try value.withExposedBytes { bytes throws(SecretMemoryError) in
                var offset = 0
                while offset < bytes.count {
                    let isEscape = bytes[offset] == UInt8(ascii: "\\") && offset + 1 < bytes.count
                    if isEscape, let byte = meaning(bytes[offset + 1]) {
                        try buffer.append(byte)
                        offset += 2
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
}
