// A process that outlives a killed inject and undoes what inject can no longer undo itself.
#ifndef INJECT_REAPER_H
#define INJECT_REAPER_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

/// What there is to undo; shared memory of inject, the command before its exec, and the reaper.
struct inject_duties {
    /// The command's process group while it runs, or 0.
    pid_t group;
    /// Whether the terminal has another mode than `mode`.
    int is_changed;
    struct termios mode;
};

/// A running reaper.
struct inject_reaper {
    pid_t pid;
    int connection;
    struct inject_duties *_Nullable duties;
};

/// Starts a reaper in a session of its own, where neither the terminal's nor a group's signals reach it; false sets errno.
///
/// When inject has gone, however that came, it restores `terminal`, kills the command's group and removes the folder it
/// has made. Until then it keeps standard output and standard error open: who reads them to their ends finds
/// everything undone.
bool inject_reaper_start(int terminal, struct inject_reaper *_Nonnull reaper);

/// Lets the reaper make the private folder `name` in the folder `root`; returns 0 or the error.
///
/// Whoever makes it removes it: there is no moment at which a kill would leave it behind.
int inject_reaper_make_folder(
    const struct inject_reaper *_Nonnull reaper, const char *_Nonnull root, const char *_Nonnull name);

/// Ends the reaper, which undoes what is left, and waits for it.
void inject_reaper_end(const struct inject_reaper *_Nonnull reaper);

#endif
