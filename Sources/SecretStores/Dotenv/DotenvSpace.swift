/// What a library calls white space: each means another set, and some of it looks like nothing at all.
enum DotenvSpace {
    /// `\s` and `trim` of JavaScript (ECMA-262, WhiteSpace and LineTerminator).
    case javaScript
    /// `\s` and `strip` of Python.
    case python
    /// Python's `[^\S\r\n]`.
    case pythonBlank
    /// `unicode.IsSpace` of Go.
    case go
    /// What compose-go skips around keys and in front of values.
    case composeBlank

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .javaScript: Self.isASCII(scalar) || Self.isSeparator(scalar) || scalar == "\u{FEFF}"
        case .python:
            Self.isASCII(scalar) || Self.isSeparator(scalar) || scalar == "\u{85}"
                || ("\u{1C}"..."\u{1F}").contains(scalar)
        case .pythonBlank: scalar != "\n" && scalar != "\r" && Self.python.contains(scalar)
        case .go: Self.isASCII(scalar) || Self.isSeparator(scalar) || scalar == "\u{85}"
        case .composeBlank: Self.isASCII(scalar) && scalar != "\n" || scalar == "\u{85}" || scalar == "\u{A0}"
        }
    }

    /// Whether a character outside ASCII is white space for any library; such characters are invisible in an editor.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        isSeparator(scalar) || scalar == "\u{85}" || scalar == "\u{FEFF}"
    }

    private static func isASCII(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || ("\u{9}"..."\u{D}").contains(scalar)
    }

    /// Unicode's categories Zs, Zl and Zp outside ASCII.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}
