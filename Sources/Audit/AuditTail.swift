/// The end of a log's file: its last whole line, and how much of another one a crash left behind it.
struct AuditTail {
    /// The bytes after the last line break.
    let torn: Int
    private let line: [UInt8]?

    init(_ bytes: [UInt8]) {
        let end = bytes.lastIndex(of: 0x0A)
        torn = bytes.count - (end.map { $0 + 1 } ?? 0)
        line = end.map { end in
            let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            return Array(bytes[start..<end])
        }
    }

    /// The number and hash of the last record; of an empty log, those before its first.
    func last() throws(AuditError) -> (sequence: Int64, hash: String) {
        guard let line else { return (0, AuditHash.none) }
        guard let record = AuditLine(line) else { throw AuditError(.damaged) }
        return (record.sequence, record.hash)
    }
}
