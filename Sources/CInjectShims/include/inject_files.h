// File descriptors and file systems, where Swift does not see the call or the constant.
#ifndef INJECT_FILES_H
#define INJECT_FILES_H

#include <stdbool.h>

/// Makes a pipe with both ends close-on-exec, of a megabyte where the system allows it; false sets errno.
bool inject_pipe(int *_Nonnull read_end, int *_Nonnull write_end);

/// Whether a folder lies in memory and not on a disk: tmpfs or ramfs (statfs(2)).
bool inject_is_memory_backed(const char *_Nonnull path);

#endif
