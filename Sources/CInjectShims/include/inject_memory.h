// Pages for secrets: locked against swapping, left out of core dumps, wiped before they are given back.
#ifndef INJECT_MEMORY_H
#define INJECT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/// Maps `size` bytes of private memory, rounded up to pages, left out of core dumps.
///
/// Returns NULL where the kernel has none. `*locked` says whether the pages are locked against swapping: a container
/// with a small RLIMIT_MEMLOCK still gets its memory. Without `is_inherited` a forked process has no copy of them.
void *_Nullable inject_secret_map(size_t size, bool is_inherited, bool *_Nonnull locked);

/// Makes what `inject_secret_map` returned for `size` larger, without a copy of it; what is new is zeroed.
///
/// The pages keep what they are: locked, left out. Returns NULL, and leaves them as they are, where the kernel has no room
/// for more, or may lock no more.
void *_Nullable inject_secret_grow(void *_Nonnull memory, size_t size, size_t new_size);

/// Wipes and unmaps what `inject_secret_map` returned for the same `size`.
void inject_secret_unmap(void *_Nonnull memory, size_t size);

/// Wipes `size` bytes in a way the optimiser keeps.
void inject_secret_wipe(void *_Nonnull memory, size_t size);

/// Compares `size` bytes in time that depends on `size` alone.
bool inject_secret_equal(const void *_Nonnull left, const void *_Nonnull right, size_t size);

/// Lets all threads share one arena of malloc's.
///
/// A job has a few threads that wait for answers: an arena for each costs a megabyte and saves no time.
void inject_share_arena(void);

#endif
