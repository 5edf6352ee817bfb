#define _GNU_SOURCE
#include "inject_signals.h"

#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

int inject_signals_open(const int *signals, int count, sigset_t *previous) {
    sigset_t set;
    sigemptyset(&set);
    signal(SIGCHLD, SIG_DFL);
    for (int i = 0; i < count; i++) {
        struct sigaction current;
        if (sigaction(signals[i], NULL, &current) == 0 && current.sa_handler == SIG_IGN) continue;
        sigaddset(&set, signals[i]);
    }
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor >= 0) pthread_sigmask(SIG_BLOCK, &set, previous);
    return descriptor;
}

int inject_signals_next(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

void inject_signals_close(int descriptor, const sigset_t *previous) {
    // A signal that arrived too late to be forwarded must not kill us while we clean up.
    while (inject_signals_next(descriptor) != 0) {}
    close(descriptor);
    pthread_sigmask(SIG_SETMASK, previous, NULL);
}

enum inject_child_change inject_child_poll(pid_t child, int *code) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG | WUNTRACED) != child) return INJECT_CHILD_UNCHANGED;
    if (WIFSTOPPED(status)) {
        *code = WSTOPSIG(status);
        return INJECT_CHILD_STOPPED;
    }
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return WIFEXITED(status) ? INJECT_CHILD_EXITED : INJECT_CHILD_KILLED;
}

void inject_reap_orphans(pid_t child) {
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return;
        if (info.si_pid == child || waitpid(info.si_pid, NULL, WNOHANG) <= 0) return;
    }
}

bool inject_stop_self(int signal, bool whole_group) {
    struct sigaction current;
    if (sigaction(signal, NULL, &current) == 0 && current.sa_handler == SIG_IGN) signal = SIGTSTP;
    sigset_t stop, previous, pending;
    sigemptyset(&stop);
    sigaddset(&stop, signal);
    pthread_sigmask(SIG_BLOCK, &stop, &previous);
    if (whole_group) kill(0, signal);
    else raise(signal);
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    return sigpending(&pending) == 0 && sigismember(&pending, SIGCONT) == 1;
}

void inject_interrupt_self(bool whole_group) {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    if (whole_group) kill(0, SIGINT);
    else raise(SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &interrupt, NULL);
}

void inject_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }
