/// How a command ended.
struct ChildEnd {
    /// Its exit code, or 128 + n for a signal.
    let exitCode: Int32
    /// What its end asks of inject.
    let interruption: KeyboardInterruption?
    /// Whether somebody asked not to wait for the rest of its output.
    var isHurried = false
}
