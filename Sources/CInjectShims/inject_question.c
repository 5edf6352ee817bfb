#define _GNU_SOURCE
#include "inject_question.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "inject_terminal.h"

enum { SIGNALS = 4 };
static const int signals[SIGNALS] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
static struct sigaction previous[SIGNALS];
static struct termios usual;
// A descriptor of our own, so that whoever takes it can use it whatever others close; -1 while nothing is asked.
static atomic_int silenced = -1;

// The default action is back by then, and ends the process once this returns.
static void give_back_and_end(int signal) {
    inject_question_give_back();
    raise(signal);
}

static void watch_signals(void) {
    struct sigaction action = {.sa_handler = give_back_and_end, .sa_flags = (int)SA_RESETHAND};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &previous[i]);
        if (previous[i].sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
    }
}

bool inject_question_begin(int terminal) {
    if (tcgetattr(terminal, &usual) != 0) return false;
    int own = fcntl(terminal, F_DUPFD_CLOEXEC, 3);
    if (own < 0) return false;
    struct termios silent = usual;
    // Keys are no signals: Ctrl-C is an answer, too.
    silent.c_lflag &= ~(tcflag_t)(ECHO | ISIG | ICANON);
    watch_signals();
    atomic_store(&silenced, own);
    if (tcsetattr(own, TCSAFLUSH, &silent) == 0) return true;
    inject_question_end();
    return false;
}

void inject_question_give_back(void) {
    int terminal = atomic_exchange(&silenced, -1);
    if (terminal < 0) return;
    tcflush(terminal, TCIFLUSH);
    inject_terminal_restore(terminal, &usual);
    ssize_t written = write(terminal, "\n", 1);
    (void)written;
    close(terminal);
}

void inject_question_end(void) {
    inject_question_give_back();
    for (int i = 0; i < SIGNALS; i++) sigaction(signals[i], &previous[i], NULL);
}
