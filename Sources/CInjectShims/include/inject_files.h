// File descriptors and file systems, where Swift does not see the call or the constant.
#ifndef INJECT_FILES_H
#define INJECT_FILES_H

#include <stdbool.h>

/// Makes a pipe with both ends close-on-exec, of a megabyte where the system allows it; false sets errno.
bool inject_pipe(int *_Nonnull read_end, int *_Nonnull write_end);

/// Opens the pipe or terminal behind a descriptor once more, for writing without blocking; -1 where it is something else
/// or belongs to another user.
///
/// O_NONBLOCK belongs to the open file, which inject shares with its parent and its neighbours in a pipeline: set on the
/// descriptor itself it would make their writes fail.
int inject_open_without_blocking(int descriptor);

/// How many bytes can be read from a pipe without waiting.
int inject_readable_count(int descriptor);

/// Makes a nameless file in memory, close-on-exec, with a number that scripts leave alone; -1 sets errno.
int inject_memory_file_make(const char *_Nonnull name);

/// Lets nobody change a memory file any more, not even who may write it; false sets errno.
bool inject_memory_file_seal(int file);

/// Whether a folder lies in memory and not on a disk: tmpfs or ramfs (statfs(2)).
bool inject_is_memory_backed(const char *_Nonnull path);

#endif
