#define _GNU_SOURCE
#include "inject_files.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

bool inject_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    *read_end = ends[0];
    *write_end = ends[1];
    return true;
}

bool inject_is_memory_backed(const char *path) {
    struct statfs info;
    if (statfs(path, &info) != 0) return false;
    return info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC;
}
