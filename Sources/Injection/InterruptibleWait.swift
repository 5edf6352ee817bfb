internal import CInjectShims
internal import Glibc

/// A wait of the main thread that the signals which end a process only interrupt, so that something can be undone first.
package struct InterruptibleWait {
    /// What ended a wait.
    package enum Event: Hashable, Sendable {
        /// What was waited for.
        case finished
        /// A signal; it has no effect but this.
        case signal(Int32)
        /// The time.
        case timeout
    }

    private static let terminating = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]

    private let signals: Int32
    private let previous: sigset_t
    private let done: Int32
    private let finishing: Int32

    /// Begins to hold the signals back; nil where the system refuses.
    ///
    /// Every other thread has them blocked already: Dispatch's workers and libcurl's take none.
    package init?() {
        var (done, finishing): (Int32, Int32) = (-1, -1)
        guard inject_pipe(&done, &finishing) else { return nil }
        var previous = sigset_t()
        signals = inject_signals_open(Self.terminating, Int32(Self.terminating.count), &previous)
        (self.done, self.finishing, self.previous) = (done, finishing, previous)
        guard signals >= 0 else {
            Glibc.close(done)
            Glibc.close(finishing)
            return nil
        }
    }

    /// To be called once, on any thread, when that which is waited for has come.
    package var finish: @Sendable () -> Void {
        let finishing = finishing
        return {
            var byte: UInt8 = 1
            while write(finishing, &byte, 1) < 0 && errno == EINTR {}
        }
    }

    /// Waits for so many milliseconds at most.
    package func next(within milliseconds: Int) -> Event {
        var descriptors = [done, signals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var count: Int32
        repeat { count = poll(&descriptors, 2, Int32(clamping: milliseconds)) } while count < 0 && errno == EINTR
        if descriptors[0].revents != 0 { return .finished }
        let signal = descriptors[1].revents != 0 ? inject_signals_next(signals) : 0
        return signal == 0 ? .timeout : .signal(signal)
    }

    /// Ends the process as the signal would have; returns only in the first process of a container.
    package static func end(by signal: Int32) {
        // Whoever started us may have had it blocked.
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(signal)
    }

    /// Lets signals through again; one that arrived and was not returned by `next` has its usual effect now.
    ///
    /// Where nothing has finished, whoever will finish keeps its descriptor.
    package func close(isFinished: Bool) {
        Glibc.close(signals)
        if isFinished {
            Glibc.close(done)
            Glibc.close(finishing)
        }
        withUnsafePointer(to: previous) { _ = pthread_sigmask(SIG_SETMASK, $0, nil) }
    }
}
