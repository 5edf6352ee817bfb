/// A path as the bytes the kernel gave: it need not be UTF-8, and it may hold line feeds and escape codes.
package struct ScanPath: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Wraps the path of a command line.
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// Wraps bytes.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// The path as a line of output can show it: control characters and bytes that are no text are written as `\xNN`.
    package var shown: String {
        if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: Self.isHidden) {
            return text
        }
        return bytes.map(Self.shown).joined()
    }

    /// The path of an entry of this folder.
    func appending(_ name: [UInt8]) -> ScanPath {
        ScanPath(bytes: bytes.last == UInt8(ascii: "/") ? bytes + name : bytes + [UInt8(ascii: "/")] + name)
    }

    /// The place of a member of this archive: its name behind an exclamation mark.
    func member(_ name: [UInt8]) -> ScanPath { ScanPath(bytes: bytes + [UInt8(ascii: "!")] + name) }

    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? body("")
        }
    }

    /// Also C1 controls, line separators and marks that turn the direction of text.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func shown(_ byte: UInt8) -> String {
        guard byte < 0x20 || byte >= 0x7F else { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "\\x" + (digits.count == 1 ? "0" : "") + digits
    }
}
