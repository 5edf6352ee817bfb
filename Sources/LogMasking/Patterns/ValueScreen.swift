/// Which values, and which lines of them, are worth masking.
package enum ValueScreen {
    /// The shortest value that is masked, in bytes.
    package static let minimumCount = 4
    /// The shortest encoding of a value, or line of a value, that is masked, in bytes.
    package static let minimumDerivedCount = 8

    /// Values that logs are full of: masking one would hide ordinary output and still protect nothing.
    ///
    /// Lower case; compared without regard to ASCII case.
    package static let commonValues: Set<[UInt8]> = Set(commonWords.map { Array($0.utf8) })

    /// Why `value`, without the white space around it, is not masked; nil where it is.
    static func objection(to value: UnsafeRawBufferPointer) -> UnmaskableValue.Reason? {
        guard value.count >= minimumCount else { return .tooShort }
        return isCommon(value) ? .tooCommon : nil
    }

    /// Whether a line of a value is masked by itself.
    static func accepts(line: UnsafeRawBufferPointer) -> Bool {
        line.count >= minimumDerivedCount && !isCommon(line)
    }

    /// The lines of a value that are masked by themselves; a value of one line is that line, however short.
    ///
    /// White space around a line is left out.
    package static func maskedLines(of value: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
        let lines = ValueLines(trimmed(value)).map(trimmed)
        return lines.count == 1 ? lines : lines.filter(accepts)
    }

    /// The part of `value` between the white space around it.
    static func trimmed(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let first = value.firstIndex(where: { !isSpace($0) }),
            let last = value.lastIndex(where: { !isSpace($0) })
        else { return UnsafeRawBufferPointer(rebasing: value[..<0]) }
        return UnsafeRawBufferPointer(rebasing: value[first...last])
    }

    /// Whether the byte is white space.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isCommon(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let first = value.first else { return true }
        return value.allSatisfy { $0 == first } || commonValues.contains { matches(value, $0) }
    }

    /// Compares without a copy of the value, which may be a secret after all.
    private static func matches(_ value: UnsafeRawBufferPointer, _ word: [UInt8]) -> Bool {
        value.count == word.count && zip(value, word).allSatisfy { lowerCased($0) == $1 }
    }

    private static func lowerCased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static let commonWords = [
        "true", "false", "null", "none", "undefined", "void", "auto", "enabled", "disabled", "default", "empty",
        "prod", "production", "stage", "staging", "test", "testing", "tests", "develop", "development",
        "local", "localhost", "main", "master", "release", "debug", "info", "warn", "warning", "error", "trace",
        "root", "admin", "user", "username", "name", "password", "secret", "token", "changeme", "example",
        "http", "https", "file", "data", "text", "json", "yaml", "latest", "public", "private", "127.0.0.1", "0.0.0.0",
    ]
}
