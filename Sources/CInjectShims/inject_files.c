#define _GNU_SOURCE
#include "inject_files.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
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

int inject_open_without_blocking(int descriptor) {
    struct stat info;
    if (fstat(descriptor, &info) != 0) return -1;
    if (!S_ISFIFO(info.st_mode) && !isatty(descriptor)) return -1;
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

int inject_readable_count(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

int inject_memory_file_make(const char *name) {
    int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) return -1;
    // Scripts use the numbers up to 9 themselves.
    int moved = fcntl(file, F_DUPFD_CLOEXEC, 10);
    close(file);
    return moved;
}

bool inject_memory_file_seal(int file) {
    return fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0;
}

bool inject_is_memory_backed(const char *path) {
    struct statfs info;
    if (statfs(path, &info) != 0) return false;
    return info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC;
}
