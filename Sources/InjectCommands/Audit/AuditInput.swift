internal import Audit
internal import Diagnostics
internal import Glibc

extension Diagnostic.ID {
    /// A log cannot be read.
    static let auditUnreadable = Diagnostic.ID("audit-unreadable")
    /// A log is not as it was written.
    static let auditChanged = Diagnostic.ID("audit-changed")
}

/// Reads a log for a command.
enum AuditInput {
    /// Hands on every line, and returns whether the last one is not whole.
    static func lines(of file: String, _ body: (ArraySlice<UInt8>) -> Void) throws(Diagnostic) -> Bool {
        do throws(AuditError) {
            return try AuditLogReader(file).lines(body)
        } catch {
            let reason = String(cString: strerror(error.number)).lowercased()
            throw Diagnostic(.auditUnreadable, "the audit log cannot be read: \(reason)", at: .file(file))
        }
    }
}
