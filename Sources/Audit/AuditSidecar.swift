internal import Glibc

/// The newest checkpoint in a file beside the log: whoever cuts the log's end off would have to find this one, too.
package enum AuditSidecar {
    /// Where the newest checkpoint of a log is.
    package static func path(of log: String) -> String { log + ".checkpoint" }

    /// The number and hash of the newest checkpoint of a log; nil where there is none yet.
    static func end(of log: String) throws(AuditError) -> (sequence: Int64, hash: String)? {
        let bytes: [UInt8]
        do throws(AuditError) { bytes = try AuditSegments.lastBytes(of: path(of: log)) } catch {
            guard error.number != ENOENT else { return nil }
            throw AuditError(.checkpointUnreadable, error.number)
        }
        guard bytes.last == 0x0A, let record = AuditLine(bytes.dropLast()) else {
            throw AuditError(.checkpointUnreadable)
        }
        return (record.sequence, record.hash)
    }

    /// Puts a line in place of a file's content, at once or not at all.
    @discardableResult
    static func replace(_ target: String, with line: some Collection<UInt8>) -> Bool {
        let draft = target + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let bytes = Array(line) + [0x0A]
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let isSynced = fdatasync(descriptor) == 0
        close(descriptor)
        guard count == bytes.count, isSynced, rename(draft, target) == 0 else {
            let number = errno
            unlink(draft)
            errno = number
            return false
        }
        return true
    }
}
