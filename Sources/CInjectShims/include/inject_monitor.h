// A process between inject and a command that has a terminal of its own.
#ifndef INJECT_MONITOR_H
#define INJECT_MONITOR_H

#include "inject_signals.h"
#include "inject_spawn.h"

/// What inject holds of a monitor.
struct inject_monitor {
    pid_t pid;
    /// Readable when the command has changed.
    int reports;
    /// Where orders go; closing it ends the monitor, and the command where it still runs.
    int orders;
};

/// Starts the command in a session of its own, whose controlling terminal is `terminal`.
///
/// The session's leader is a process between the two, the monitor: a group whose parent is in another session is
/// orphaned, and Ctrl-Z stops no orphaned group (setpgid(2), tty_ioctl(4)). The monitor starts the command as
/// `inject_spawn_start` does, reports how it changes, and keeps no copy of its environment. A signal that the command
/// sends to its parent, it passes on to inject.
struct inject_spawned inject_monitor_start(
    const struct inject_spawn *_Nonnull command, int terminal, struct inject_monitor *_Nonnull monitor);

/// How the command has changed, without waiting; where the monitor has gone, the command was killed with it.
enum inject_child_change inject_monitor_next(const struct inject_monitor *_Nonnull monitor, int *_Nonnull code);

/// Continues the command, in its terminal's foreground or background.
void inject_monitor_continue(const struct inject_monitor *_Nonnull monitor, bool in_foreground);

/// Ends the monitor and with it the command's terminal, which loses what was not read of it.
void inject_monitor_end(const struct inject_monitor *_Nonnull monitor);

#endif
