/// The text of a file that diagnostics point into.
package struct SourceText: Sendable {
    /// The file's name as the user gave it.
    package let name: String
    /// The file's bytes, valid UTF-8 where spans are shown.
    package let bytes: [UInt8]
    private let lineStarts: [Int]

    /// Indexes the lines of `bytes`.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    /// The 1-based line that holds the byte at `offset`; offsets past the end belong to the last line.
    package func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The 1-based column, in characters, of the byte at `offset`.
    package func column(at offset: Int) -> Int {
        let start = lineStarts[line(at: offset) - 1]
        let end = min(max(offset, start), bytes.count)
        // A file may be one long line with thousands of mistakes in it.
        if bytes[start..<end].allSatisfy({ $0 < 0x80 }) { return end - start + 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self).count + 1
    }

    /// The text of a 1-based line without its line break.
    package func text(ofLine line: Int) -> String {
        guard line >= 1, line <= lineStarts.count else { return "" }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The byte offset at which a 1-based line starts.
    package func offset(ofLine line: Int) -> Int {
        lineStarts[min(max(line, 1), lineStarts.count) - 1]
    }
}
