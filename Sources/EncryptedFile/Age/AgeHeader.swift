/// The header of an age file (C2SP age.md, "Header"): who can unwrap its key, and a MAC over that.
package struct AgeHeader: Sendable {
    private static let columns = 64
    private static let mostStanzas = 1024
    private static let version = "age-encryption.org/v1"

    let stanzas: [AgeStanza]
    /// What the MAC is over: everything up to and including `---`.
    let authenticated: [UInt8]
    let mac: [UInt8]
    /// How many bytes it takes; the payload follows.
    package let count: Int

    /// Reads the header at the start of a file.
    package init(_ file: [UInt8]) throws(AgeError) {
        var lines = LineReader(file)
        guard try lines.next().elementsEqual(Self.version.utf8) else { throw .header }
        var stanzas: [AgeStanza] = []
        while true {
            let start = lines.offset
            let line = try lines.next()
            if line.starts(with: "---".utf8) {
                guard line.count == 47, line.dropFirst(3).first == 0x20,
                    let mac = Base64Text.decode(line.dropFirst(4), padded: false), mac.count == 32
                else { throw .header }
                self.stanzas = stanzas
                self.mac = mac
                authenticated = Array(file[..<(start + 3)])
                count = lines.offset
                guard !stanzas.isEmpty else { throw .header }
                return
            }
            guard stanzas.count < Self.mostStanzas else { throw .header }
            stanzas.append(try Self.stanza(line, &lines))
        }
    }

    /// The header of a new file, without its MAC.
    static func unauthenticated(_ stanzas: [AgeStanza]) -> String {
        version + "\n" + stanzas.map(\.text).joined() + "---"
    }

    private static func stanza(_ line: ArraySlice<UInt8>, _ lines: inout LineReader) throws(AgeError) -> AgeStanza {
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0].elementsEqual("->".utf8),
            words.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x21...0x7E).contains($0) } })
        else { throw .header }
        var text: [UInt8] = []
        while true {
            let line = try lines.next()
            guard line.count <= columns else { throw .header }
            text += line
            if line.count < columns { break }
        }
        guard let body = Base64Text.decode(text, padded: false) else { throw .header }
        let arguments = words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
        return AgeStanza(type: arguments[0], arguments: Array(arguments.dropFirst()), body: body)
    }

    private struct LineReader {
        let bytes: [UInt8]
        var offset = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func next() throws(AgeError) -> ArraySlice<UInt8> {
            guard let end = bytes[offset...].firstIndex(of: 0x0A) else { throw .header }
            defer { offset = end + 1 }
            return bytes[offset..<end]
        }
    }
}
