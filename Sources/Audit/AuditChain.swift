internal import Glibc
internal import OpenSSLCrypto

/// The end of a log and the file it is in; one thread at a time adds to it.
struct AuditChain: ~Copyable {
    let settings: AuditLog.Settings
    private var file: AuditFile
    private(set) var last: (sequence: Int64, hash: String)
    private var sinceCheckpoint: Int64 = 0
    private var isPoisoned = false
    private var bytesAtRotation: Int64
    private var isSidecarOld = false

    /// Opens a log and goes on behind its last whole record.
    init(_ settings: AuditLog.Settings) throws(AuditError) {
        self.settings = settings
        last = (0, AuditHash.none)
        bytesAtRotation = settings.bytesPerSegment ?? .max
        file = try AuditFile(settings.path)
        // Not before the lock: another process could be in the middle of it.
        AuditSegments.undoHalfRotation(of: settings.path)
    }

    /// Finds the end of what is there, and records that somebody looked, and what a crash had left.
    mutating func resume() throws(AuditError) {
        let tail = AuditTail(try file.tail(2 * AuditLine.longest))
        last = try tail.last()
        if last.sequence == 0 { last = try AuditSegments.end(of: settings.path) }
        try checkAgainstSidecar()
        if tail.torn > 0 { try file.cut(tail.torn) }
        var events: [AuditEvent] = []
        if last.sequence > 0 { events.append(AuditEvent(.logRead, .success)) }
        if tail.torn > 0 { events.append(AuditEvent(.logRepaired, .success, reason: "\(tail.torn)-bytes-cut-off")) }
        if !events.isEmpty { _ = try append(events.map(settings.asSystem)) }
    }

    /// Records are on the disk before the checkpoint beside them is, so no crash leaves the log behind it.
    private func checkAgainstSidecar() throws(AuditError) {
        guard let beside = try AuditSidecar.end(of: settings.path) else { return }
        guard beside.sequence < last.sequence || beside == last else { throw AuditError(.cutOff) }
    }

    /// What tells the log's file from another one that has its name by now.
    var inode: UInt { file.inode }

    /// Adds records, synced when this returns, or none at all; with `signing`, a checkpoint behind them.
    mutating func append(
        _ events: [AuditEvent],
        signing: Bool = false,
        closing: Bool = false
    ) throws(AuditError) -> [AuditRecord] {
        let first = rotates() ? [settings.asSystem(AuditEvent(.logRotated, .success))] : []
        defer { if closing { file.unlock() } }
        return Array(try write(first + events, signing: signing || closing).dropFirst(first.count))
    }

    private mutating func write(_ events: [AuditEvent], signing: Bool) throws(AuditError) -> [AuditRecord] {
        guard !isPoisoned else { throw AuditError(.notSynced) }
        let records = try records(events, signing: signing)
        do throws(AuditError) {
            try file.append(Array(records.map(\.bytes).joined()))
        } catch {
            isPoisoned = error.code == .notSynced
            throw error
        }
        guard let newest = records.last else { return [] }
        last = (newest.sequence, newest.hash)
        sinceCheckpoint += Int64(events.count)
        if records.count > events.count {
            sinceCheckpoint = 0
            replaceSidecar(with: newest)
        }
        return Array(records.prefix(events.count))
    }

    /// Without the newest checkpoint a lost end is not noticed, which is said once.
    private mutating func replaceSidecar(with checkpoint: AuditRecord) {
        let path = AuditSidecar.path(of: settings.path)
        let isReplaced = AuditSidecar.replace(path, with: checkpoint.bytes.dropLast())
        if !isReplaced, !isSidecarOld { settings.sidecarFailed(errno) }
        isSidecarOld = !isReplaced
    }

    /// Goes on in a new file where the old one is long enough; where that fails, in the old one.
    private mutating func rotates() -> Bool {
        guard let length = settings.bytesPerSegment, file.size >= bytesAtRotation, last.sequence > 0 else {
            return false
        }
        do throws(AuditError) {
            _ = try write([], signing: true)
            let segment = AuditSegments.path(of: settings.path, endingWith: last.sequence)
            file = try AuditFile.replacing(settings.path, keeping: segment)
            bytesAtRotation = length
            return true
        } catch {
            bytesAtRotation = file.size + length
            return false
        }
    }

    private func records(_ events: [AuditEvent], signing: Bool) throws(AuditError) -> [AuditRecord] {
        let time = AuditTime.milliseconds(settings.milliseconds())
        var end = last
        var records: [AuditRecord] = []
        do throws(CryptoError) {
            for event in events {
                let record = try AuditRecord(event, after: end, time: time, broker: settings.broker)
                end = (record.sequence, record.hash)
                records.append(record)
            }
            let isDue = signing || sinceCheckpoint + Int64(events.count) >= settings.recordsPerCheckpoint
            if isDue, let checkpoint = try settings.signer?.checkpoint(after: end.sequence, hash: end.hash) {
                let event = settings.asSystem(AuditEvent(.checkpoint, .success))
                records.append(
                    try AuditRecord(event, after: end, time: time, broker: settings.broker, checkpoint: checkpoint)
                )
            }
        } catch {
            throw AuditError(.crypto)
        }
        // A line that no reader takes would pass for a changed one, and no start could go on behind it.
        guard records.allSatisfy({ $0.bytes.count <= AuditLine.longest }) else {
            throw AuditError(.notWritten, EMSGSIZE)
        }
        return records
    }
}
