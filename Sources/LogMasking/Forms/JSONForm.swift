/// The inside of a JSON string as writers make it: with `\/`, with `\u0026` for HTML's sake, with or without `\u` for what
/// is not ASCII, digits in either case.
struct JSONForm: MaskForm {
    let name = "json"

    /// What a writer escapes beyond what it must.
    private struct Dialect {
        let slash: Bool
        let html: Bool
        let ascii: Bool
        let digits: HexDigits
    }

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        for slash in [false, true] {
            for html in [false, true] {
                for ascii in [false, true] {
                    for digits in HexDigits.both {
                        encode(value, Dialect(slash: slash, html: html, ascii: ascii, digits: digits), to: sink)
                    }
                }
            }
        }
    }

    private func encode(_ value: UnsafeRawBufferPointer, _ dialect: Dialect, to sink: PatternSink) {
        var decoder = Unicode.UTF8.ForwardParser()
        var bytes = value.makeIterator()
        decoding: while true {
            switch decoder.parseScalar(from: &bytes) {
            case .valid(let encoded):
                append(Unicode.UTF8.decode(encoded), dialect, to: sink)
            case .error, .emptyInput:
                break decoding
            }
        }
        sink.end()
    }

    private func append(_ scalar: Unicode.Scalar, _ dialect: Dialect, to sink: PatternSink) {
        let escape = { (letter: Unicode.Scalar) in sink.append([0x5C, UInt8(truncatingIfNeeded: letter.value)]) }
        switch scalar {
        case "\"", "\\": escape(scalar)
        case "\u{8}": escape("b")
        case "\u{C}": escape("f")
        case "\n": escape("n")
        case "\r": escape("r")
        case "\t": escape("t")
        case "/" where dialect.slash: escape("/")
        case "\u{0}"..."\u{1F}": appendUnits(scalar, dialect.digits, to: sink)
        case "<", ">", "&", "'", "\u{2028}", "\u{2029}":
            if dialect.html && scalar != "'" || dialect.html && dialect.slash {
                appendUnits(scalar, dialect.digits, to: sink)
            } else {
                appendText(scalar, dialect, to: sink)
            }
        default: appendText(scalar, dialect, to: sink)
        }
    }

    private func appendText(_ scalar: Unicode.Scalar, _ dialect: Dialect, to sink: PatternSink) {
        if dialect.ascii && !scalar.isASCII {
            appendUnits(scalar, dialect.digits, to: sink)
        } else {
            sink.append(Array(String(scalar).utf8))
        }
    }

    private func appendUnits(_ scalar: Unicode.Scalar, _ digits: HexDigits, to sink: PatternSink) {
        for unit in String(scalar).utf16 { sink.append(Array("\\u".utf8) + digits.four(unit)) }
    }
}
