// Fork and exec with everything a supervised command needs and no library call gives together.
#ifndef INJECT_SPAWN_H
#define INJECT_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

/// Where starting the command failed.
enum inject_spawn_stage {
    INJECT_SPAWN_STARTED,
    INJECT_SPAWN_PIPE,
    INJECT_SPAWN_FORK,
    INJECT_SPAWN_SETUP,
    INJECT_SPAWN_EXEC,
};

/// What to start.
struct inject_spawn {
    const char *_Nonnull path;
    char *_Nullable const *_Nonnull argv;
    char *_Nullable const *_Nonnull envp;
    /// What becomes descriptors 0, 1 and 2; -1 keeps inject's own.
    int input;
    int output;
    int error;
    /// A terminal whose foreground group the command becomes, or -1.
    int terminal;
    /// Where the command writes its group before exec, in memory it shares with whoever has to know, or NULL.
    pid_t *_Nullable group;
    /// Further descriptors that the command keeps under their numbers.
    const int *_Nullable kept;
    int kept_count;
};

/// What came of it.
struct inject_spawned {
    enum inject_spawn_stage stage;
    int error;
    pid_t pid;
    /// Becomes readable when the command ends.
    int pidfd;
};

/// Whether the caller is the process's first thread.
bool inject_is_main_thread(void);

/// Starts the command in a process group of its own, with default signal dispositions, an empty mask and no descriptor
/// but 0, 1 and 2; returns once exec has succeeded or failed.
///
/// Must be called from the main thread: the command dies when the thread that forked it ends (prctl(2),
/// PR_SET_PDEATHSIG), and the main thread ends with inject.
struct inject_spawned inject_spawn_start(const struct inject_spawn *_Nonnull command);

/// Becomes the command, which ignores the signals that this process does; returns what failed, and then this process should
/// not go on for long: no signal is blocked any more.
struct inject_spawned inject_spawn_replace(const struct inject_spawn *_Nonnull command);

#endif
