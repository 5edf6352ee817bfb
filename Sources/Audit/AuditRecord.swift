internal import OpenSSLCrypto
internal import StrictJSON

/// An event with its place in a log: one line of JSON, whose hash covers every byte before it and the record before that.
///
/// The line is canonical: members in a fixed order, no spaces, absent ones left out. The hash is that of the line up to
/// `,"hash":`, so a checker needs no JSON writer of its own.
package struct AuditRecord: Sendable {
    /// Counts from 1 in each log.
    package let sequence: Int64
    /// The hash, which the next record repeats as `prev_hash`.
    package let hash: String
    /// The line with its line break, in UTF-8.
    let bytes: [UInt8]

    /// The line, without its line break.
    package var line: String { String(decoding: bytes.dropLast(), as: UTF8.self) }

    static let hashMember = #","hash":""#
    /// The most that number, time and both hashes take of a line.
    private static let longestPlace = 256

    init(
        _ event: AuditEvent,
        after previous: (sequence: Int64, hash: String),
        time: String,
        broker: AuditBroker,
        checkpoint: AuditCheckpoint? = nil
    ) throws(CryptoError) {
        sequence = previous.sequence + 1
        var members: [(String, JSONWriter)] = [
            ("seq", .integer(sequence)), ("time", .string(time)),
        ]
        members += event.members
        if let checkpoint { members.append(("checkpoint", checkpoint.json)) }
        members += [("broker", broker.json), ("prev_hash", .string(previous.hash))]
        var bytes = JSONWriter.object(members).bytes
        bytes.removeLast()
        hash = try AuditHash.of(bytes)
        bytes += "\(Self.hashMember)\(hash)\"}\n".utf8
        self.bytes = bytes
    }

    /// Whether an event's line is one that readers take, wherever in a log it stands.
    static func hasRoom(for event: AuditEvent, of broker: AuditBroker) -> Bool {
        let members = event.members + [("broker", broker.json)]
        return JSONWriter.object(members).bytes.count + longestPlace <= AuditLine.longest
    }
}
