package import OpenSSLCrypto

/// Checks a log line by line: every hash, every link, every number, and the checkpoints' signatures where a key is given.
///
/// A chain alone proves that nobody changed a part of it; whoever can write the file can make a new chain. Checkpoints
/// prove that it is the broker's, up to the last of them.
package struct AuditVerifier {
    /// The most findings that are kept: behind a hole many records have something wrong with them.
    package static let mostFindings = 20

    /// How many records there were.
    package private(set) var records = 0
    /// How many of them the last good checkpoint vouches for.
    package private(set) var signed: Int64 = 0
    /// What is wrong.
    package private(set) var findings: [AuditFinding] = []

    private let key: PublicKey?
    private let keyID: String?
    private let beside: AuditLine?
    private let isBesideUnreadable: Bool
    private var unrecorded: Int64?
    private var file = 0
    private var line = 0
    private var end: (sequence: Int64, hash: String) = (0, AuditHash.none)
    /// The number of the last record.
    package var last: Int64 { end.sequence }

    /// Starts with an empty log, or behind a record; `beside` is the checkpoint that is kept beside it, where there is one.
    ///
    /// What `isPart` is true of need not say why it begins behind a record.
    package init(key: PublicKey?, base: [UInt8]? = nil, beside: [UInt8]? = nil, isPart: Bool = false) {
        self.key = key
        keyID = key.flatMap { try? AuditSigner.keyID($0) }
        self.beside = beside.flatMap { AuditLine($0.last == 0x0A ? $0.dropLast() : $0[...]) }
        isBesideUnreadable = beside != nil && self.beside == nil
        if let base { start(after: base) }
        if isPart { unrecorded = nil }
    }

    /// Takes the next line, without its line break.
    package mutating func take(_ bytes: some RandomAccessCollection<UInt8>) {
        line += 1
        records += 1
        guard let record = AuditLine(bytes) else { return find(.changed) }
        if record.sequence != end.sequence + 1 {
            find(.outOfOrder)
        } else if record.previous != end.hash {
            find(.unlinked)
        }
        if let checkpoint = record.checkpoint { check(checkpoint) }
        if record.removed == unrecorded { unrecorded = nil }
        if let beside, beside.sequence == record.sequence, beside.hash != record.hash { find(.replaced) }
        end = (record.sequence, record.hash)
    }

    private mutating func start(after base: [UInt8]) {
        guard let record = AuditLine(base.last == 0x0A ? base.dropLast() : base[...]) else {
            return find(.badBase, line: 0)
        }
        end = (record.sequence - 1, record.previous)
        if let checkpoint = record.checkpoint { check(checkpoint) }
        if key != nil, signed == 0 { find(.badBase, line: 0) }
        end = (record.sequence, record.hash)
        unrecorded = record.sequence
    }

    /// Ends a file behind which the log goes on in another one.
    package mutating func nextFile(torn: Bool) {
        if torn { find(.torn, line: line + 1) }
        file += 1
        line = 0
    }

    /// Ends the log; `torn` is whether bytes without a line break followed.
    package mutating func finish(torn: Bool) {
        if torn { find(.torn, line: line + 1) }
        if isBesideUnreadable { find(.replaced, line: 0) }
        if unrecorded != nil { find(.unrecordedRemoval, line: 0) }
        if let beside, beside.sequence > end.sequence { find(.cutOff, line: 0) }
        if key != nil, signed == 0 { find(.noCheckpoint, line: 0) }
    }

    private mutating func check(_ checkpoint: (keyID: String, signature: [UInt8])) {
        guard let key else { return }
        let message = AuditCheckpoint.message(sequence: end.sequence, hash: end.hash)
        let isGood = checkpoint.signature.withUnsafeBytes { signature in
            message.withUnsafeBytes { key.verify(signature, over: $0, using: .ed25519) }
        }
        guard isGood, checkpoint.keyID == keyID else { return find(.forgedCheckpoint) }
        signed = end.sequence
    }

    private mutating func find(_ kind: AuditFinding.Kind, line: Int? = nil) {
        guard findings.count < Self.mostFindings else { return }
        findings.append(AuditFinding(kind, file: file, line: line ?? self.line))
    }
}
