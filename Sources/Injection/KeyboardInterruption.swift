internal import CInjectShims

/// How inject ends after Ctrl-C has ended its command.
///
/// A shell that runs a script goes on after a command that exits, with 130 or any other code, and stops after one that
/// died of SIGINT, if the shell got one as well: so a wrapper dies as its command did, after its clean-up.
package enum KeyboardInterruption: Sendable {
    /// The interrupt reached inject itself: it dies of it.
    case process
    /// The keyboard's interrupt reached the command's group alone, because the command had the terminal: the rest of
    /// inject's job gets it late, and inject with it.
    case job

    /// Dies; returns only where SIGINT is ignored or has no effect, as in the first process of a container.
    package func raise() { inject_interrupt_self(self == .job) }
}
