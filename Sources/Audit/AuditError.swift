/// A record could not be written, or a log could not be opened.
package struct AuditError: Error, Sendable {
    /// What failed.
    package enum Code: String, Sendable {
        /// The file cannot be opened.
        case cannotOpen = "the file cannot be opened"
        /// Another process writes to it.
        case inUse = "another process writes to it"
        /// Its last record is not one.
        case damaged = "its last record is not one that belongs there"
        /// It has lost records that it once had.
        case cutOff = "it ends before the checkpoint beside it, or in another record"
        /// What the log once had is not known.
        case checkpointUnreadable = "the checkpoint beside it cannot be read"
        /// What is written goes to a file that nobody finds.
        case replaced = "its file is gone, or another one has its name"
        /// A record could not be written; the log is as it was.
        case notWritten = "a record could not be written"
        /// It is not known what reached the disk; nothing more is written before the next start.
        case notSynced = "the disk did not confirm what was written"
        /// A key, a hash or a signature failed.
        case crypto = "a hash or signature could not be made"
    }

    /// What failed.
    package let code: Code
    /// The system's error number, or 0.
    package let number: Int32

    init(_ code: Code, _ number: Int32 = 0) {
        self.code = code
        self.number = number
    }
}
