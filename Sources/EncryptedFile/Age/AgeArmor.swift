/// The ASCII armor of age (age-encryption.org/v1, "ASCII armor"): strict PEM with lines of 64 columns.
enum AgeArmor {
    static let start = "-----BEGIN AGE ENCRYPTED FILE-----"
    private static let end = "-----END AGE ENCRYPTED FILE-----"
    private static let columns = 64

    /// Whether a file says that it is armored; white space before it is passed over.
    static func isPresent(in file: [UInt8]) -> Bool {
        file.drop(while: isWhite).starts(with: start.utf8)
    }

    static func encode(_ file: [UInt8]) -> String {
        let text = Array(Base64Text.encode(file, padded: true).utf8)
        let lines = stride(from: 0, to: text.count, by: columns).map { index in
            String(decoding: text[index..<min(index + columns, text.count)], as: UTF8.self)
        }
        return ([start] + lines + [end]).joined(separator: "\n") + "\n"
    }

    /// The file inside; lines may end in CR LF, and white space may stand around the whole.
    static func decode(_ text: [UInt8]) throws(AgeError) -> [UInt8] {
        let body = text.drop(while: isWhite)
        guard let last = body.lastIndex(where: { !isWhite($0) }) else { throw .armor }
        var lines = body[...last].split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
        guard lines.count >= 2, lines.removeFirst().elementsEqual(start.utf8),
            lines.removeLast().elementsEqual(end.utf8),
            lines.dropLast().allSatisfy({ $0.count == columns }), (1...columns).contains(lines.last?.count ?? 1),
            let file = Base64Text.decode(lines.joined(), padded: true)
        else { throw .armor }
        return file
    }

    private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
