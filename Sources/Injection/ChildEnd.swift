/// How a command ended.
struct ChildEnd {
    /// Its exit code, or 128 + n for a signal.
    let exitCode: Int32
    /// The signal that ended it, if one did.
    let signal: Int32?
}
