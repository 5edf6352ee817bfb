internal import CInjectShims
internal import Diagnostics
internal import Glibc

/// The signals of this process, held back from the first secret file to the last and read through a descriptor.
///
/// While it is open no signal but KILL can end inject between writing a file and removing it.
struct SignalWatch {
    /// What is forwarded to the command as it is, or with an escalation.
    private static let forwarded = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH]
    /// The forwarded ones, the child's changes, and job control.
    private static let watched = forwarded + [SIGCHLD, SIGTSTP, SIGCONT]

    /// Becomes readable when a signal arrives.
    let descriptor: Int32
    private let previous: sigset_t

    /// Begins to hold them back.
    init() throws(RunFailure) {
        inject_ignore_broken_pipes()
        var previous = sigset_t()
        descriptor = inject_signals_open(Self.watched, Int32(Self.watched.count), &previous)
        self.previous = previous
        guard descriptor >= 0 else { throw ChildStart.failure("signals cannot be watched", errno) }
    }

    /// The next signal that arrived, or nil.
    func next() -> Int32? {
        let signal = inject_signals_next(descriptor)
        return signal == 0 ? nil : signal
    }

    /// Lets signals through again; those that arrived too late to be forwarded are dropped.
    func close() {
        withUnsafePointer(to: previous) { inject_signals_close(descriptor, $0) }
    }
}
