package import LogMasking

/// What one file's search came to.
package enum ScanResult: Hashable, Sendable {
    /// All of it was read; `sealed` names a container whose members were not searched.
    case searched(MaskReport, sealed: SealedFormat?)
    /// It could not be read, in the system's words.
    case unreadable(String)
}
