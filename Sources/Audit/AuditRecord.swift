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
    /// The line, without its line break.
    package let line: String

    static let hashMember = #","hash":""#

    init(
        _ event: AuditEvent,
        after previous: (sequence: Int64, hash: String),
        time: Int64,
        broker: AuditBroker,
        checkpoint: AuditCheckpoint? = nil
    ) throws(CryptoError) {
        sequence = previous.sequence + 1
        var members: [(String, JSONWriter)] = [
            ("seq", .integer(sequence)), ("time", .string(AuditTime.milliseconds(time))),
        ]
        members += event.members
        if let checkpoint { members.append(("checkpoint", checkpoint.json)) }
        members += [("broker", broker.json), ("prev_hash", .string(previous.hash))]
        let head = JSONWriter.object(members).bytes.dropLast()
        hash = try AuditHash.of(head)
        line = String(decoding: head + Array((Self.hashMember + hash + "\"}").utf8), as: UTF8.self)
    }
}
