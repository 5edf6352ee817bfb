/// Splits a command line as a POSIX shell does, and does nothing else that a shell does.
enum ShellWords {
    /// The words, or nil where a quotation does not end.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: [UInt8]?
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D:
                if let done = word { words.append(String(decoding: done, as: UTF8.self)) }
                word = nil
            case UInt8(ascii: "'"):
                guard let end = rest.firstIndex(of: byte) else { return nil }
                word = (word ?? []) + rest[..<end]
                rest = rest[rest.index(after: end)...]
            case UInt8(ascii: "\""):
                guard let quoted = quotation(&rest) else { return nil }
                word = (word ?? []) + quoted
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst() else { return nil }
                word = (word ?? []) + [next]
            default: word = (word ?? []) + [byte]
            }
        }
        if let done = word { words.append(String(decoding: done, as: UTF8.self)) }
        return words
    }

    /// What stands before the closing `"`, in which a backslash escapes only itself and the quote.
    private static func quotation(_ rest: inout Substring.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return bytes
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst() else { return nil }
                if next != UInt8(ascii: "\\"), next != UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(next)
            default: bytes.append(byte)
            }
        }
        return nil
    }
}
