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
    /// The files that a log is in, the oldest first: its older parts lie beside it.
    static func files(of log: String) -> [String] { log == "-" ? [log] : AuditSegments.paths(of: log) + [log] }

    /// Hands on every line, and returns whether the last one is not whole.
    static func lines(of file: String, _ body: (ArraySlice<UInt8>) -> Void) throws(Diagnostic) -> Bool {
        do throws(AuditError) { return try AuditLogReader(file).lines(body) } catch {
            throw error.diagnostic(of: file)
        }
    }
}

extension AuditError {
    /// What to say of a log that cannot be read.
    func diagnostic(of file: String) -> Diagnostic {
        let reason = String(cString: strerror(number)).lowercased()
        return Diagnostic(.auditUnreadable, "the audit log cannot be read: \(reason)", at: .file(file))
    }
}
