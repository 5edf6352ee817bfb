internal import Secrets
internal import StrictJSON

/// What a line of a log says about its place in the chain, with its own hash checked.
struct AuditLine {
    /// The longest line, in bytes; a record is about a kilobyte.
    static let longest = 64 * 1024
    static let limits = JSONLimits(bytes: longest, depth: 4, members: 128)

    let sequence: Int64
    let previous: String
    let time: String?
    /// The last record of a part whose removal it records.
    let removed: Int64?
    let hash: String
    let checkpoint: (keyID: String, signature: [UInt8])?

    /// Returns nil unless the line is a record whose hash is right.
    init?(_ line: some RandomAccessCollection<UInt8>) {
        let line = Array(line)
        let mark = Array(AuditRecord.hashMember.utf8)
        let tail = mark.count + AuditHash.length + 2
        guard line.count > tail, line.count <= Self.longest, line[(line.count - tail)...].starts(with: mark),
            let root = (try? JSONDocument(line, limits: Self.limits))?.root.object,
            let sequence = root["seq"]?.number?.integer, let hash = root["hash"]?.text(in: line),
            let previous = root["prev_hash"]?.text(in: line),
            (try? AuditHash.of(Array(line[..<(line.count - tail)]))) == hash
        else { return nil }
        self.sequence = sequence
        self.previous = previous
        time = root["time"]?.text(in: line)
        let isRemoval = root["event"]?.text(in: line) == AuditEventKind.logRemoved.rawValue
        removed = isRemoval ? root["object"]?.object?["secret"]?.text(in: line).flatMap(AuditSegments.sequence) : nil
        self.hash = hash
        let signed = root["checkpoint"]?.object
        checkpoint = signed.map { signed in
            (
                signed["key"]?.text(in: line) ?? "",
                Base16.bytes((signed["ed25519"]?.text(in: line) ?? "").utf8) ?? []
            )
        }
    }
}

extension JSONNode {
    /// The text of a string that is no secret.
    func text(in text: [UInt8]) -> String? {
        string.map { string in text.withUnsafeBytes { String(decoding: string.bytes(in: $0), as: UTF8.self) } }
    }
}
