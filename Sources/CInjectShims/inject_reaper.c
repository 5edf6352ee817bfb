#define _GNU_SOURCE
#include "inject_reaper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inject_folder.h"

// A folder's root and its name, each with its NUL.
enum { MESSAGE_SIZE = PATH_MAX + NAME_MAX + 2 };

// The folder that the reaper has made.
struct made {
    int parent;
    int folder;
    char name[NAME_MAX + 1];
};

static int make(struct made *made, const char *root, const char *name) {
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    if (made->folder >= 0 || strlen(name) > NAME_MAX) return EINVAL;
    int parent = open(root, flags);
    if (parent < 0) return errno;
    if (mkdirat(parent, name, 0700) != 0) {
        int error = errno;
        close(parent);
        return error;
    }
    made->parent = parent;
    strcpy(made->name, name);
    made->folder = openat(parent, name, flags | O_NOFOLLOW);
    return made->folder < 0 ? errno : 0;
}

static void undo(const struct inject_duties *duties, int terminal, const struct made *made) {
    if (terminal >= 0 && duties->is_changed) tcsetattr(terminal, TCSANOW, &duties->mode);
    // First who could write, then what was written.
    if (duties->group > 0) kill(-duties->group, SIGKILL);
    if (made->parent < 0) return;
    if (made->folder >= 0) inject_folder_empty(made->folder);
    inject_folder_remove(made->parent, made->name);
}

// Only async-signal-safe calls: inject may have threads. With a failure of its own it has only that to say.
static _Noreturn void serve(const struct inject_duties *duties, int connection, int terminal, int failure) {
    struct made made = {-1, -1, ""};
    char message[MESSAGE_SIZE];
    for (;;) {
        ssize_t count = recv(connection, message, sizeof message, 0);
        if (count <= 0) break;
        const char *name = memchr(message, 0, (size_t)count);
        if (name == NULL || message[count - 1] != 0) break;
        int error = failure != 0 ? failure : make(&made, message, name + 1);
        if (send(connection, &error, sizeof error, MSG_NOSIGNAL) < 0) break;
    }
    undo(duties, terminal, &made);
    _exit(0);
}

// Returns 0, or why the descriptors stayed as they were.
static int leave_everything(int *connection, int *terminal) {
    setsid();
    prctl(PR_SET_NAME, "inject-reaper");
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    if (chdir("/") != 0) errno = 0;
    close(STDIN_FILENO);
    int kept[] = {fcntl(*connection, F_DUPFD_CLOEXEC, 5), *terminal < 0 ? -1 : fcntl(*terminal, F_DUPFD_CLOEXEC, 5)};
    if (kept[0] < 0 || (*terminal >= 0 && kept[1] < 0)) return errno;
    dup2(kept[0], 3);
    if (kept[1] >= 0) dup2(kept[1], 4);
    syscall(SYS_close_range, kept[1] < 0 ? 4 : 5, ~0U, 0);
    *connection = 3;
    *terminal = kept[1] < 0 ? -1 : 4;
    return 0;
}

bool inject_reaper_start(int terminal, struct inject_reaper *reaper) {
    struct inject_duties *duties =
        mmap(NULL, sizeof *duties, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (duties == MAP_FAILED) return false;
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return false;
    pid_t pid = fork();
    if (pid == 0) {
        int connection = ends[1];
        // Its end has to be the last one, or the reaper would wait for itself.
        close(ends[0]);
        int failure = leave_everything(&connection, &terminal);
        serve(duties, connection, terminal, failure);
    }
    close(ends[1]);
    if (pid < 0) close(ends[0]);
    *reaper = (struct inject_reaper){pid, ends[0], duties};
    return pid > 0;
}

int inject_reaper_make_folder(const struct inject_reaper *reaper, const char *root, const char *name) {
    char message[MESSAGE_SIZE];
    size_t root_size = strlen(root) + 1, name_size = strlen(name) + 1;
    if (root_size > PATH_MAX || name_size > NAME_MAX + 1) return ENAMETOOLONG;
    memcpy(message, root, root_size);
    memcpy(message + root_size, name, name_size);
    if (send(reaper->connection, message, root_size + name_size, MSG_NOSIGNAL) < 0) return errno;
    int error;
    ssize_t count;
    do count = recv(reaper->connection, &error, sizeof error, 0);
    while (count < 0 && errno == EINTR);
    return count == sizeof error ? error : EPIPE;
}

void inject_reaper_end(const struct inject_reaper *reaper) {
    close(reaper->connection);
    waitpid(reaper->pid, NULL, 0);
    munmap(reaper->duties, sizeof *reaper->duties);
}
