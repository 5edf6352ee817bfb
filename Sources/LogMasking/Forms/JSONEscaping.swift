import Secrets

/// One writer's choice of what to escape inside a JSON string (RFC 8259, section 7).
struct JSONEscaping: Sendable {
    /// Characters written as `\u00XX` although JSON would not ask for it.
    let coded: ByteSet
    /// Whether `/` is written `\/`.
    let escapesSlash: Bool
    /// Whether everything outside ASCII is written `\uXXXX`.
    let isASCIIOnly: Bool
    /// The bytes that are written in another way.
    private let changed: ByteSet

    init(coded: ByteSet = .empty, escapesSlash: Bool = false, isASCIIOnly: Bool = false) {
        self.coded = coded
        self.escapesSlash = escapesSlash
        self.isASCIIOnly = isASCIIOnly
        changed = coded.union(ByteSet(escapesSlash ? "\"\\/" : "\"\\")).union(.controls)
            .union(isASCIIOnly ? .wide : .empty)
    }

    /// Writes the value with hexadecimal digits of either case.
    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(changed) else { return }
        for upperCase in [false, true] {
            var rest = value.makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            var offset = 0
            while true {
                let (length, scalar) = Self.next(&parser, &rest)
                guard length > 0 else { break }
                let bytes = UnsafeRawBufferPointer(rebasing: value[offset..<offset + length])
                try append(scalar, bytes, upperCase: upperCase, to: &patterns)
                offset += length
            }
            patterns.endDerived()
        }
    }

    /// How many bytes the next character has, 0 at the end; no scalar where the bytes are not UTF-8.
    private static func next(
        _ parser: inout Unicode.UTF8.ForwardParser,
        _ rest: inout UnsafeRawBufferPointer.Iterator
    ) -> (Int, Unicode.Scalar?) {
        switch parser.parseScalar(from: &rest) {
        case .valid(let encoded): (encoded.count, Unicode.UTF8.decode(encoded))
        case .error(let length): (length, nil)
        case .emptyInput: (0, nil)
        }
    }

    private func append(
        _ scalar: Unicode.Scalar?,
        _ bytes: UnsafeRawBufferPointer,
        upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        guard let scalar else { return try patterns.append(bytes) }
        guard scalar.isASCII else {
            guard isASCIIOnly else { return try patterns.append(bytes) }
            for unit in Unicode.UTF16.encode(scalar) ?? .init() {
                try append(code: UInt32(unit), upperCase: upperCase, to: &patterns)
            }
            return
        }
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        if coded.contains(byte) { return try append(code: scalar.value, upperCase: upperCase, to: &patterns) }
        if let short = shortEscape(byte) {
            try patterns.append(UInt8(ascii: "\\"))
            return try patterns.append(short)
        }
        guard byte >= 0x20 else { return try append(code: scalar.value, upperCase: upperCase, to: &patterns) }
        try patterns.append(byte)
    }

    private func append(
        code: UInt32,
        upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        try patterns.append("\\u")
        try patterns.append(code, digits: 4, bits: 4, upperCase: upperCase)
    }

    private func shortEscape(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case UInt8(ascii: "/"): escapesSlash ? byte : nil
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }
}
