/// How long the command has to react.
///
/// GitHub cancels with INT, TERM after 7.5 s and KILL after another 2.5 s, to inject's process alone (actions/runner,
/// ProcessInvoker): the group must be gone before that.
package struct SignalTiming: Sendable {
    /// Milliseconds from the first INT to a TERM for the group.
    package var terminate = 6_000
    /// Milliseconds from the first INT to a KILL for the group.
    package var kill = 9_000
    /// Milliseconds to wait for output that something keeps open after the command has ended, as the runner does.
    package var linger = 5_000

    /// The defaults.
    package init() {}
}
