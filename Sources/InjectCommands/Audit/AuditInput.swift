internal import Audit
internal import Diagnostics
internal import Glibc

extension Diagnostic.ID {
    /// A log cannot be read.
    static let auditUnreadable = Diagnostic.ID("audit-unreadable")
    /// A log is not as it was written.
    static let auditChanged = Diagnostic.ID("audit-changed")
}

/// A log that a command reads, with its older parts, which lie beside it.
struct AuditInput: ~Copyable {
    /// The parts, the oldest first.
    let older: [String]
    private let log: String
    private let newest: AuditLogReader

    /// Opens a log; the broker may go on in a new file meanwhile, so that the parts are listed afterwards.
    init(_ log: String) throws(Diagnostic) {
        self.log = log
        do throws(AuditError) { newest = try AuditLogReader(log) } catch { throw error.diagnostic(of: log) }
        older = log == "-" ? [] : AuditSegments.paths(of: log, before: newest)
    }

    /// Hands on every line of the log's own file, and returns whether the last one is not whole.
    func lines(_ body: (ArraySlice<UInt8>) -> Void) throws(Diagnostic) -> Bool {
        do throws(AuditError) { return try newest.lines(body) } catch { throw error.diagnostic(of: log) }
    }

    /// The same of an older part.
    func lines(of part: String, _ body: (ArraySlice<UInt8>) -> Void) throws(Diagnostic) -> Bool {
        do throws(AuditError) { return try AuditLogReader(part).lines(body) } catch {
            throw error.diagnostic(of: part)
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
