internal import Glibc
package import OpenSSLCrypto

/// Removes what a log need not keep any more: whole older parts, the oldest first, each only after it was found to be as it
/// was written.
///
/// The last record of the newest removed part stays beside the log: it is a signed checkpoint, and the rest goes on from it.
package struct AuditRetention: Sendable {
    /// What can be removed, and whether a part that is old enough was changed, after which nothing is removed.
    package struct Due: Sendable {
        /// The paths, the oldest first.
        package var segments: [String] = []
        /// The part that is not as it was written.
        package var changed: String?
    }

    private let log: String
    private let seconds: Int64
    private let key: PublicKey

    /// Keeps records of a log for so many seconds at least; the key checks its checkpoints.
    package init(log: String, seconds: Int64, key: PublicKey) {
        self.log = log
        self.seconds = seconds
        self.key = key
    }

    /// Reads the older parts as far as their records are too old.
    package func due(at now: Int64) throws(AuditError) -> Due {
        var due = Due()
        var base = Self.contents(AuditSegments.basePath(of: log))
        for path in AuditSegments.paths(of: log) {
            guard let last = try Self.lastLine(path), let time = Self.time(last),
                time < AuditTime.seconds(now - seconds)
            else { break }
            let isHalfRemoved = try isHalfRemoved(path, last, base)
            guard try isHalfRemoved ? true : isWhole(path, after: base, last) else {
                due.changed = path
                break
            }
            due.segments.append(path)
            base = last
        }
        return due
    }

    /// Removes the oldest part, which has to be the one that was found first; its last record is kept on the disk before.
    package func remove(_ segment: String) throws(AuditError) {
        guard AuditSegments.paths(of: log).first == segment, let last = try Self.lastLine(segment) else {
            throw AuditError(.damaged)
        }
        guard AuditSidecar.replace(AuditSegments.basePath(of: log), with: last) else {
            throw AuditError(.notWritten, errno)
        }
        // The base has to be there before the part is not.
        guard AuditFile.syncFolder(of: log) else { throw AuditError(.notWritten, errno) }
        guard unlink(segment) == 0 else { throw AuditError(.notWritten, errno) }
    }

    /// Whether it is the part that the rest goes on from, left by a crash in the middle of its removal, which is recorded.
    private func isHalfRemoved(_ path: String, _ last: [UInt8], _ base: [UInt8]?) throws(AuditError) -> Bool {
        guard last == base, let sequence = AuditLine(last)?.sequence else { return false }
        var isRecorded = false
        for part in AuditSegments.paths(of: log) + [log] where !isRecorded {
            _ = try AuditLogReader(part).lines { isRecorded = isRecorded || AuditLine($0)?.removed == sequence }
        }
        return isRecorded
    }

    /// Whether a part follows what is before it, and ends with a checkpoint that the key signed.
    private func isWhole(_ path: String, after base: [UInt8]?, _ last: [UInt8]) throws(AuditError) -> Bool {
        var verifier = AuditVerifier(key: key, base: base, isPart: true)
        let isTorn = try AuditLogReader(path).lines { verifier.take($0) }
        verifier.finish(torn: isTorn)
        guard verifier.findings.isEmpty, let record = AuditLine(last) else { return false }
        return record.checkpoint != nil && verifier.signed == record.sequence - 1
    }

    private static func lastLine(_ path: String) throws(AuditError) -> [UInt8]? {
        var last: [UInt8]?
        _ = try AuditLogReader(path).lines { last = Array($0) }
        return last
    }

    private static func contents(_ path: String) -> [UInt8]? {
        var line: [UInt8]?
        do throws(AuditError) { _ = try AuditLogReader(path).lines { line = Array($0) } } catch { return nil }
        return line
    }

    /// Times of records are ordered as their texts are, and a whole second comes before its fractions.
    private static func time(_ line: [UInt8]) -> String? { AuditLine(line)?.time.map { String($0.prefix(19)) + "Z" } }
}
