#define _GNU_SOURCE
#include "inject_monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inject_terminal.h"

enum { FOREGROUND = 'f', BACKGROUND = 'b' };

struct report {
    enum inject_child_change change;
    int code;
};

// The monitor's descriptors, moved to these numbers so that all others can be closed.
enum { ORDERS, REPORTS, TERMINAL, SIGNALS };

static void keep_only(int orders, int reports, int terminal, int signals) {
    const int wanted[] = {orders, reports, terminal, signals};
    int moved[4];
    for (int i = 0; i < 4; i++) moved[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, 16);
    for (int i = 0; i < 4; i++) dup2(moved[i], i);
    syscall(SYS_close_range, 4, ~0U, 0);
}

static void send_report(enum inject_child_change change, int code) {
    struct report report = {change, code};
    ssize_t written = write(REPORTS, &report, sizeof report);
    (void)written;
}

// Says whether the command goes on.
static bool follow(pid_t child) {
    int code = 0;
    for (;;) {
        enum inject_child_change change = inject_child_poll(child, &code);
        if (change == INJECT_CHILD_UNCHANGED) return true;
        if (change == INJECT_CHILD_STOPPED) {
            send_report(change, code);
            continue;
        }
        // The end of a session hangs up its foreground: what the command has left behind is spared. And the terminal is
        // at its end for inject when nobody has it open any more.
        tcsetpgrp(TERMINAL, getpgrp());
        close(TERMINAL);
        send_report(change, code);
        return false;
    }
}

static void pass_on(const struct signalfd_siginfo *info, pid_t inject) {
    // Whoever signals inject by its name reaches inject itself as well.
    if (info->ssi_pid != 0 && getsid((pid_t)info->ssi_pid) == getpid()) kill(inject, (int)info->ssi_signo);
}

static void obey(char order, pid_t child) {
    tcsetpgrp(TERMINAL, order == FOREGROUND ? child : getpgrp());
    kill(-child, SIGCONT);
}

// From here only async-signal-safe calls: inject may have threads.
static _Noreturn void watch(pid_t child, pid_t inject) {
    bool runs = true;
    for (;;) {
        struct pollfd ready[] = {{.fd = ORDERS, .events = POLLIN}, {.fd = SIGNALS, .events = POLLIN}};
        if (poll(ready, 2, -1) < 0) continue;
        char order;
        if (ready[0].revents != 0 && read(ORDERS, &order, 1) <= 0) break;
        if (ready[0].revents != 0 && runs) obey(order, child);
        struct signalfd_siginfo info;
        if (ready[1].revents == 0 || read(SIGNALS, &info, sizeof info) != sizeof info) continue;
        if (info.ssi_signo != SIGCHLD) pass_on(&info, inject);
        else if (runs) runs = follow(child);
    }
    if (runs) kill(-child, SIGKILL);
    _exit(0);
}

static _Noreturn void monitor_child(
    const struct inject_spawn *command, int terminal, int orders, int reports, pid_t inject) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != inject) _exit(127);
    prctl(PR_SET_NAME, "inject-monitor");
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    int signals = signalfd(-1, &all, SFD_CLOEXEC);
    struct inject_spawned spawned = {INJECT_SPAWN_SETUP, 0, -1, -1};
    if (signals >= 0 && setsid() >= 0 && ioctl(terminal, TIOCSCTTY, 0) == 0) spawned = inject_spawn_start(command);
    else spawned.error = errno;
    for (char *const *variable = command->envp; *variable != NULL; variable++)
        explicit_bzero(*variable, strlen(*variable));
    bool started = write(reports, &spawned, sizeof spawned) == sizeof spawned;
    if (!started || spawned.stage != INJECT_SPAWN_STARTED) _exit(127);
    keep_only(orders, reports, terminal, signals);
    watch(spawned.pid, inject);
}

static struct inject_spawned failure(enum inject_spawn_stage stage) {
    return (struct inject_spawned){stage, errno, -1, -1};
}

struct inject_spawned inject_monitor_start(
    const struct inject_spawn *command, int terminal, struct inject_monitor *monitor) {
    int orders[2], reports[2];
    if (pipe2(orders, O_CLOEXEC) != 0) return failure(INJECT_SPAWN_PIPE);
    if (pipe2(reports, O_CLOEXEC) != 0) {
        struct inject_spawned failed = failure(INJECT_SPAWN_PIPE);
        close(orders[0]);
        close(orders[1]);
        return failed;
    }
    pid_t inject = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        close(orders[1]);
        monitor_child(command, terminal, orders[0], reports[1], inject);
    }
    struct inject_spawned spawned = failure(INJECT_SPAWN_FORK);
    close(orders[0]);
    close(reports[1]);
    *monitor = (struct inject_monitor){pid, reports[0], orders[1]};
    if (pid > 0) {
        ssize_t count;
        do count = read(reports[0], &spawned, sizeof spawned);
        while (count < 0 && errno == EINTR);
        if (count != sizeof spawned) spawned = failure(INJECT_SPAWN_SETUP);
    }
    spawned.pidfd = -1;
    if (spawned.stage == INJECT_SPAWN_STARTED) fcntl(reports[0], F_SETFL, O_NONBLOCK);
    else inject_monitor_end(monitor);
    return spawned;
}

enum inject_child_change inject_monitor_next(const struct inject_monitor *monitor, int *code) {
    struct report report;
    ssize_t count = read(monitor->reports, &report, sizeof report);
    if (count < 0) return INJECT_CHILD_UNCHANGED;
    if (count != sizeof report) report = (struct report){INJECT_CHILD_KILLED, SIGKILL};
    *code = report.code;
    return report.change;
}

void inject_monitor_continue(const struct inject_monitor *monitor, bool in_foreground) {
    char order = in_foreground ? FOREGROUND : BACKGROUND;
    ssize_t written = write(monitor->orders, &order, 1);
    (void)written;
}

void inject_monitor_end(const struct inject_monitor *monitor) {
    close(monitor->orders);
    close(monitor->reports);
    if (monitor->pid > 0) waitpid(monitor->pid, NULL, 0);
}
