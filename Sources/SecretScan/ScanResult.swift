package import LogMasking

/// What the search of one file, or of one member of an archive, came to.
package enum ScanResult: Hashable, Sendable {
    /// All of it was read.
    case searched(MaskReport)
    /// It, or the rest of it, was searched only as it lies, for this reason.
    case closed(String)
    /// It could not be read, in the system's words.
    case unreadable(String)
}
