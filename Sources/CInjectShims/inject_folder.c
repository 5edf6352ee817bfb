#define _GNU_SOURCE
#include "inject_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_folder(int parent, const char *name) {
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int folder = openat(parent, name, flags);
    if (folder >= 0 || errno != EACCES) return folder;
    fchmodat(parent, name, 0700, AT_SYMLINK_NOFOLLOW);
    return openat(parent, name, flags);
}

// Removes what is in the folder now; says how much there was, or -1 where it cannot be read.
static long clear(int folder) {
    // The command may have taken its own permissions away.
    fchmod(folder, 0700);
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // A folder that the command has removed itself has nothing in it.
    if (copy < 0) return errno == ENOENT ? 0 : -1;
    alignas(struct dirent64) char entries[2048];
    long seen = 0, count;
    // Not readdir(3), which allocates memory.
    while ((count = syscall(SYS_getdents64, copy, entries, sizeof entries)) > 0) {
        for (long at = 0; at < count;) {
            const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
            at += entry->d_reclen;
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
            inject_folder_remove(folder, entry->d_name);
            seen++;
        }
    }
    if (count < 0 && errno != ENOENT) seen = -1;
    close(copy);
    return seen;
}

bool inject_folder_empty(int folder) {
    // A process that the command left behind may still be writing while we remove.
    for (int attempt = 0; attempt < 4; attempt++) {
        long seen = clear(folder);
        if (seen <= 0) return seen == 0;
    }
    return false;
}

bool inject_folder_remove(int parent, const char *name) {
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return true;
    int folder = open_folder(parent, name);
    if (folder < 0) return false;
    clear(folder);
    close(folder);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}
