package import Secrets

extension SecretBytes {
    /// A secret made of text, and therefore one for tests alone.
    package static func of(_ text: String) throws(SecretMemoryError) -> SecretBytes {
        var buffer = try SecretBuffer()
        try buffer.append(text)
        return buffer.finish()
    }

    /// The value as text; for the assertions of tests.
    package var exposedText: String { withExposedBytes { String(decoding: $0, as: UTF8.self) } }
}
