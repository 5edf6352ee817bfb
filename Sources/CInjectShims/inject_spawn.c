#define _GNU_SOURCE
#include "inject_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inject_terminal.h"

struct failure {
    enum inject_spawn_stage stage;
    int error;
};

// From here to exec the memory is the parent's, which waits: nothing may be changed that it goes on with, and only
// async-signal-safe calls are made, since the parent may have threads.
static _Noreturn void fail(int report, enum inject_spawn_stage stage) {
    struct failure failure = {stage, errno};
    ssize_t written = write(report, &failure, sizeof failure);
    (void)written;
    _exit(127);
}

static void unblock_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void reset_signals(void) {
    // The system call and not sigaction(3), which refuses the two signals that the threads library uses. All zeros are the
    // kernel's `struct sigaction` for SIG_DFL, whatever the machine.
    static const char standard[64];
    for (int signal = 1; signal < NSIG; signal++)
        syscall(SYS_rt_sigaction, signal, standard, NULL, sizeof(unsigned long));
    unblock_signals();
}

static void close_on_exec_from(int first) {
    if (syscall(SYS_close_range, first, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
    long limit = sysconf(_SC_OPEN_MAX);
    for (int descriptor = first; descriptor < (limit > 0 && limit < 65536 ? limit : 65536); descriptor++)
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

// Returns only where exec fails.
static void become(const struct inject_spawn *command) {
    close_on_exec_from(3);
    for (int i = 0; i < command->kept_count; i++) fcntl(command->kept[i], F_SETFD, 0);
    execve(command->path, command->argv, command->envp);
}

static _Noreturn void run_child(const struct inject_spawn *command, pid_t parent, int report) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail(report, INJECT_SPAWN_SETUP);
    // The parent may have died before the line above.
    if (getppid() != parent) _exit(127);
    setpgid(0, 0);
    if (command->group != NULL) *command->group = getpid();
    if (command->terminal >= 0) inject_terminal_give(command->terminal, getpid());
    reset_signals();
    if (command->input >= 0 && dup2(command->input, 0) < 0) fail(report, INJECT_SPAWN_SETUP);
    if (command->output >= 0 && dup2(command->output, 1) < 0) fail(report, INJECT_SPAWN_SETUP);
    if (command->error >= 0 && dup2(command->error, 2) < 0) fail(report, INJECT_SPAWN_SETUP);
    become(command);
    fail(report, INJECT_SPAWN_EXEC);
}

struct inject_spawned inject_spawn_replace(const struct inject_spawn *command) {
    // exec resets what has a handler. What inject was started to ignore, as by nohup(1), is meant for what it becomes.
    unblock_signals();
    become(command);
    return (struct inject_spawned){INJECT_SPAWN_EXEC, errno, -1, -1};
}

bool inject_is_main_thread(void) { return syscall(SYS_gettid) == getpid(); }

// Makes a child that runs in the parent's memory: a copy of it, page by page, would cost more than the command's start.
// No handler of the parent's may run in it, so it starts with all signals blocked, and unblocks them once they are reset.
static pid_t start(const struct inject_spawn *command, int report) {
    pid_t parent = getpid();
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = vfork();
    if (pid == 0) run_child(command, parent, report);
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return pid;
}

struct inject_spawned inject_spawn_start(const struct inject_spawn *command) {
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) return (struct inject_spawned){INJECT_SPAWN_PIPE, errno, -1, -1};
    pid_t pid = start(command, report[1]);
    if (pid < 0) {
        int error = errno;
        close(report[0]);
        close(report[1]);
        return (struct inject_spawned){INJECT_SPAWN_FORK, error, -1, -1};
    }
    setpgid(pid, pid);
    close(report[1]);
    struct failure failure;
    ssize_t count;
    do count = read(report[0], &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    close(report[0]);
    if (count == sizeof failure) {
        waitpid(pid, NULL, 0);
        if (command->group != NULL) *command->group = 0;
        return (struct inject_spawned){failure.stage, failure.error, -1, -1};
    }
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd >= 0) fcntl(pidfd, F_SETFD, FD_CLOEXEC);
    return (struct inject_spawned){INJECT_SPAWN_STARTED, 0, pid, pidfd};
}
