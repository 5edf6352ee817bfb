internal import CInjectShims

/// How a command has changed.
enum ChildChange {
    /// It has ended with this exit code.
    case exited(Int32)
    /// A signal has ended it.
    case killed(Int32)
    /// A signal has stopped it.
    case stopped(Int32)

    init?(_ change: inject_child_change, _ code: Int32) {
        switch change {
        case INJECT_CHILD_EXITED: self = .exited(code)
        case INJECT_CHILD_KILLED: self = .killed(code)
        case INJECT_CHILD_STOPPED: self = .stopped(code)
        default: return nil
        }
    }
}
