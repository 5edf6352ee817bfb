internal import CInjectShims
internal import Glibc

/// A command that was started, and its share of a terminal.
protocol SupervisedChild: AnyObject {
    /// inject's own child: the command or its monitor.
    var pid: pid_t { get }
    /// The command's process group.
    var group: pid_t { get }
    /// Becomes readable when the command has changed; -1 where only SIGCHLD says so.
    var changes: Int32 { get }
    /// What is typed for the command, where inject has to carry it.
    var input: InputRelay? { get }

    /// The next change, without waiting.
    func nextChange() -> ChildChange?
    /// Makes the command the terminal's foreground, where the terminal is inject's to give.
    func enterForeground() -> Bool
    /// Gives the terminal back; says whether the command had it.
    func leaveForeground() -> Bool
    /// Lets a stopped command go on.
    func resume()
    /// inject itself was stopped by whatever it could not watch, and goes on.
    func wasResumed()
    /// inject's terminal may have another size; says whether the kernel has told the command.
    func resize() -> Bool
    /// The command has ended, and keys are for inject from now on; says whether they were the command's.
    func ended() -> Bool
    /// Nobody sees what the command writes any more.
    func hangUp()
    /// Leaves the terminal as it was.
    func close()
}

extension SupervisedChild {
    /// The command was stopped: it gets the terminal it asked for, or inject stops as well, so that the shell gets its
    /// prompt, and continues the command when it is continued itself.
    func wasStopped(by signal: Int32) {
        // Whoever sends STOP to the command alone will continue it as well.
        guard signal != SIGSTOP else { return }
        let asked = signal == SIGTTIN || signal == SIGTTOU
        if asked && enterForeground() { return resume() }
        let had = leaveForeground()
        // The terminal would have stopped the whole job, whoever of it reads or is in the foreground. What the command asks
        // for, inject asks for as well: its parent may be another one that can give it.
        let wasStopped = inject_stop_self(asked ? signal : SIGTSTP, asked || had && signal == SIGTSTP)
        let has = (had || asked) && enterForeground()
        // It will never get what it waits for: what the kernel sends to a stopped group that nobody can continue.
        if asked && !has && !wasStopped { kill(-group, SIGHUP) }
        resume()
    }
}
