// Signals and waiting without handlers: everything arrives through descriptors that one poll loop watches.
#ifndef INJECT_SIGNALS_H
#define INJECT_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/// Blocks the signals and returns a descriptor that reports them, or -1; `*previous` is the mask to restore.
///
/// A signal that inject was started to ignore, as nohup(1) does, stays ignored. SIGCHLD is set to its default: ignored,
/// the kernel would reap the command and its exit code would be lost (wait(2), NOTES).
int inject_signals_open(const int *_Nonnull signals, int count, sigset_t *_Nonnull previous);

/// The next signal that arrived, or 0 if there is none.
int inject_signals_next(int descriptor);

/// Restores the mask that `inject_signals_open` returned and closes the descriptor.
void inject_signals_close(int descriptor, const sigset_t *_Nonnull previous);

/// How a child changed.
enum inject_child_change { INJECT_CHILD_UNCHANGED, INJECT_CHILD_EXITED, INJECT_CHILD_KILLED, INJECT_CHILD_STOPPED };

/// Asks how the child changed without waiting; `*code` is its exit code or the signal that ended or
/// stopped it.
enum inject_child_change inject_child_poll(pid_t child, int *_Nonnull code);

/// Reaps every other child that has ended: what PID 1 owes to orphans.
void inject_reap_orphans(pid_t child);

/// Stops this process, or its whole group as Ctrl-Z does, until it is continued; returns false at once where no shell
/// could continue it.
///
/// By SIGTSTP, SIGTTIN or SIGTTOU, and by the first where the signal is ignored, but never by SIGSTOP: the kernel drops
/// the others in an orphaned process group (setpgid(2)). SIGCONT has to be blocked: that it is pending tells the two
/// apart.
bool inject_stop_self(int signal, bool whole_group);

/// Ends this process, or its whole group as Ctrl-C does, by SIGINT; returns where that is ignored.
void inject_interrupt_self(bool whole_group);

/// Ignores SIGPIPE, so that a closed output is an error of write.
void inject_ignore_broken_pipes(void);

#endif
