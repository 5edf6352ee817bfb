internal import Glibc
internal import OpenSSLCrypto

/// The end of a log and the file it is in; one thread at a time adds to it.
struct AuditChain: ~Copyable {
    let settings: AuditLog.Settings
    private var file: AuditFile
    private(set) var last: (sequence: Int64, hash: String)
    private var sinceCheckpoint: Int64 = 0
    private var isPoisoned = false

    /// Opens a log and goes on behind its last whole record.
    init(_ settings: AuditLog.Settings) throws(AuditError) {
        self.settings = settings
        last = (0, AuditHash.none)
        file = try AuditFile(settings.path)
    }

    /// Finds the end of what is there, and records that somebody looked, and what a crash had left.
    mutating func resume() throws(AuditError) {
        let tail = AuditTail(try file.tail(2 * AuditLine.longest))
        last = try tail.last()
        if tail.torn > 0 { try file.cut(tail.torn) }
        var events: [AuditEvent] = []
        if last.sequence > 0 { events.append(AuditEvent(.logRead, .success)) }
        if tail.torn > 0 { events.append(AuditEvent(.logRepaired, .success, reason: "\(tail.torn)-bytes-cut-off")) }
        if !events.isEmpty { _ = try append(events.map(settings.asSystem)) }
    }

    /// Adds records, synced when this returns, or none at all.
    mutating func append(_ events: [AuditEvent], closing: Bool = false) throws(AuditError) -> [AuditRecord] {
        guard !isPoisoned else { throw AuditError(.notSynced) }
        let records = try records(events, closing: closing)
        do throws(AuditError) {
            try file.append(records.flatMap { Array($0.line.utf8) + [0x0A] })
        } catch {
            isPoisoned = error.code == .notSynced
            throw error
        }
        guard let newest = records.last else { return [] }
        last = (newest.sequence, newest.hash)
        sinceCheckpoint += Int64(events.count)
        if records.count > events.count {
            sinceCheckpoint = 0
            AuditSidecar.replace(settings.path, with: newest.line)
        }
        return Array(records.prefix(events.count))
    }

    private func records(_ events: [AuditEvent], closing: Bool) throws(AuditError) -> [AuditRecord] {
        let time = settings.milliseconds()
        var end = last
        var records: [AuditRecord] = []
        do throws(CryptoError) {
            for event in events {
                let record = try AuditRecord(event, after: end, time: time, broker: settings.broker)
                end = (record.sequence, record.hash)
                records.append(record)
            }
            let isDue = closing || sinceCheckpoint + Int64(events.count) >= settings.recordsPerCheckpoint
            if isDue, let checkpoint = try settings.signer?.checkpoint(after: end.sequence, hash: end.hash) {
                let event = settings.asSystem(AuditEvent(.checkpoint, .success))
                records.append(
                    try AuditRecord(event, after: end, time: time, broker: settings.broker, checkpoint: checkpoint)
                )
            }
        } catch {
            throw AuditError(.crypto)
        }
        return records
    }
}
