/// What is wrong with a log.
package struct AuditFinding: Hashable, Sendable {
    /// The kinds.
    package enum Kind: String, Hashable, Sendable {
        /// The line is no record, or not the one that was written.
        case changed = "the record was changed"
        /// The number is not the next one.
        case outOfOrder = "a record is missing before this one, or it stands elsewhere"
        /// It does not follow the record before it.
        case unlinked = "the record does not follow the one before it"
        /// The file ends in the middle of a line.
        case torn = "the last record is not whole"
        /// A checkpoint's signature is not one of the key's.
        case forgedCheckpoint = "the checkpoint is not signed with the given key"
        /// A checkpoint that the log once had is not in it.
        case cutOff = "the log ends before a checkpoint that it had"
        /// The checkpoint beside the log is another one than that in it.
        case replaced = "the checkpoint beside the log is not the one in it"
        /// The record that stands before the log's first is not what it should be.
        case badBase = "the record that the log goes on from is not a checkpoint that the key signed"
        /// Parts before the log's first record are gone, and nothing says that they were to be removed.
        case unrecordedRemoval = "records before the first one are gone, and no record says that they were removed"
        /// No checkpoint vouches for the log although a key was given.
        case noCheckpoint = "no checkpoint signs the log"
    }

    /// The kind.
    package let kind: Kind
    /// The number of the file it was noticed in, the oldest first.
    package let file: Int
    /// The line it was noticed in, counted from 1; 0 for the log as a whole.
    package let line: Int

    init(_ kind: Kind, file: Int, line: Int) {
        self.kind = kind
        self.file = file
        self.line = line
    }
}
