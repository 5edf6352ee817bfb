import Secrets

/// One writer's choice of what to escape inside a JSON string (RFC 8259, section 7).
struct JSONEscaping: Equatable, Sendable {
    /// Characters written as `\u00XX` although JSON would not ask for it.
    private var coded: ByteSet
    /// Whether `/` is written `\/`.
    private var escapesSlash: Bool
    /// Whether everything outside ASCII is written `\uXXXX`.
    private var isASCIIOnly: Bool

    /// What every writer escapes.
    private static let basic = ByteSet("\"\\").union(.controls)
    /// The control characters that have no letter.
    private static let unnamed = ByteSet.controls.intersection(ByteSet("\u{8}\t\n\u{C}\r").complement)

    init(coded: ByteSet = .empty, escapesSlash: Bool = false, isASCIIOnly: Bool = false) {
        self.coded = coded
        self.escapesSlash = escapesSlash
        self.isASCIIOnly = isASCIIOnly
    }

    /// What of this choice shows in a text of these bytes: two writers that are equal then write the same.
    func applied(to present: ByteSet) -> JSONEscaping {
        JSONEscaping(
            coded: coded.intersection(present),
            escapesSlash: escapesSlash && present.contains(UInt8(ascii: "/")),
            isASCIIOnly: isASCIIOnly && present.meets(.wide)
        )
    }

    /// What is left to be done by this writer for what `inner` wrote.
    func applied(after inner: JSONEscaping) -> JSONEscaping {
        JSONEscaping(
            coded: coded.intersection(inner.coded.complement),
            escapesSlash: escapesSlash,
            isASCIIOnly: isASCIIOnly && !inner.isASCIIOnly
        )
    }

    /// Whether the writer changes a text of these bytes.
    func changes(_ present: ByteSet) -> Bool {
        present.meets(Self.basic.union(coded).union(escapesSlash ? ByteSet("/") : .empty)) || writesWide(present)
    }

    private func writesWide(_ present: ByteSet) -> Bool { isASCIIOnly && present.meets(.wide) }

    /// Whether the writer has a use for hexadecimal digits.
    private func hasCodes(_ present: ByteSet) -> Bool {
        present.meets(coded.union(Self.unnamed)) || writesWide(present)
    }

    /// Writes the value with hexadecimal digits of either case; `outer` writes the text that the string is part of.
    func write(
        _ value: UnsafeRawBufferPointer,
        inside outer: JSONEscaping? = nil,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        let present = patterns.present
        let hasCodes = hasCodes(present) || outer?.hasCodes(present) == true
        for upperCase in hasCodes ? [false, true] : [false] {
            var rest = value.makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            var offset = 0
            while true {
                let (length, scalar) = Self.next(&parser, &rest)
                guard length > 0 else { break }
                let bytes = UnsafeRawBufferPointer(rebasing: value[offset..<offset + length])
                try append(scalar, bytes, inside: outer, upperCase: upperCase, to: &patterns)
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
        inside outer: JSONEscaping?,
        upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        guard let scalar else { return try patterns.append(bytes) }
        guard !scalar.isASCII else {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            return try append(byte, inside: outer, upperCase: upperCase, to: &patterns)
        }
        guard isASCIIOnly || outer?.isASCIIOnly == true else { return try patterns.append(bytes) }
        for unit in Unicode.UTF16.encode(scalar) ?? .init() {
            // Where the outer writer does it, nobody doubles the backslash.
            let escapesBackslash = isASCIIOnly && outer != nil
            try Self.append(code: UInt32(unit), escapesBackslash, upperCase: upperCase, to: &patterns)
        }
    }

    private func append(
        _ byte: UInt8,
        inside outer: JSONEscaping?,
        upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        let isCoded = coded.contains(byte)
        if !isCoded, let short = shortEscape(byte) {
            try patterns.append(outer == nil ? #"\"# : #"\\"#)
            guard let outer else { return try patterns.append(short) }
            return try outer.append(short, inside: nil, upperCase: upperCase, to: &patterns)
        }
        if isCoded || byte < 0x20 {
            return try Self.append(code: UInt32(byte), outer != nil, upperCase: upperCase, to: &patterns)
        }
        guard let outer else { return try patterns.append(byte) }
        try outer.append(byte, inside: nil, upperCase: upperCase, to: &patterns)
    }

    private static func append(
        code: UInt32,
        _ escapesBackslash: Bool,
        upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        try patterns.append(escapesBackslash ? #"\\u"# : #"\u"#)
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
