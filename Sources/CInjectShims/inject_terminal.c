#define _GNU_SOURCE
#include "inject_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

int inject_terminal_open(void) {
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (terminal >= 0 || !isatty(STDIN_FILENO)) return terminal;
    return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
}

bool inject_terminal_controls(int descriptor) { return tcgetsid(descriptor) == getsid(0); }

bool inject_terminal_is_same(int left, int right) {
    struct stat a, b;
    return isatty(left) && isatty(right) && fstat(left, &a) == 0 && fstat(right, &b) == 0 && a.st_rdev == b.st_rdev;
}

static int open_subsidiary(int manager) {
    // By the descriptor and not by a name, which another mount of devpts could give to another terminal.
    int subsidiary = ioctl(manager, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (subsidiary >= 0 || errno != ENOTTY) return subsidiary;
    char name[64];
    if (ptsname_r(manager, name, sizeof name) != 0) return -1;
    return open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

bool inject_terminal_make(int model, int *manager, int *subsidiary) {
    *manager = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (*manager < 0) return false;
    *subsidiary = grantpt(*manager) == 0 && unlockpt(*manager) == 0 ? open_subsidiary(*manager) : -1;
    if (*subsidiary < 0) {
        int error = errno;
        close(*manager);
        errno = error;
        return false;
    }
    struct termios mode;
    if (tcgetattr(model, &mode) == 0) tcsetattr(*subsidiary, TCSANOW, &mode);
    inject_terminal_copy_size(model, *manager);
    return true;
}

void inject_terminal_make_raw(int terminal, struct termios mode, bool keeps_interrupts) {
    cfmakeraw(&mode);
    if (keeps_interrupts) mode.c_lflag |= ISIG;
    inject_terminal_restore(terminal, &mode);
}

bool inject_terminal_copy_size(int from, int to) {
    struct winsize new, old;
    if (ioctl(from, TIOCGWINSZ, &new) != 0 || ioctl(to, TIOCGWINSZ, &old) != 0) return false;
    return memcmp(&new, &old, sizeof new) != 0 && ioctl(to, TIOCSWINSZ, &new) == 0;
}

// A change from the background would stop us: SIGTTOU.
static sigset_t block_output_stop(void) {
    sigset_t stop, previous;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &stop, &previous);
    return previous;
}

void inject_terminal_restore(int terminal, const struct termios *mode) {
    sigset_t previous = block_output_stop();
    tcsetattr(terminal, TCSANOW, mode);
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
}

bool inject_terminal_give(int terminal, pid_t group) {
    sigset_t previous = block_output_stop();
    bool given = tcsetpgrp(terminal, group) == 0;
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    return given;
}
