// What a process that holds secrets does first.
#ifndef INJECT_HARDENING_H
#define INJECT_HARDENING_H

#include <stdbool.h>

/// Makes the process not dumpable, so that no process of the same user can read its memory.
///
/// The flag is cleared by exec (prctl(2), PR_SET_DUMPABLE): it protects inject and never the command.
bool inject_forbid_reading(void);

/// Lets a crash end the process at once, without a core file.
///
/// Swift's runtime may have installed handlers that start a program of the environment's choice, SWIFT_BACKTRACE, let it
/// read all memory and print what registers point to.
void inject_forbid_crash_reports(void);

/// Opens /dev/null in place of each standard descriptor that is closed, so that no later file becomes one of them.
void inject_fill_standard_descriptors(void);

/// The environment as the kernel gave it: NULL-terminated `NAME=VALUE` strings, duplicates and all.
char *_Nullable *_Nonnull inject_environment(void);

/// Wipes every value of a variable where it stands; the name stays.
void inject_environment_wipe(const char *_Nonnull name);

#endif
