#define _GNU_SOURCE
#include "inject_hardening.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

bool inject_forbid_reading(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0; }

void inject_forbid_crash_reports(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    const int crashes[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        struct sigaction current;
        if (sigaction(crashes[i], NULL, &current) == 0 && current.sa_handler != SIG_IGN) signal(crashes[i], SIG_DFL);
    }
}

void inject_fill_standard_descriptors(void) {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) >= 0) continue;
        // The lowest free number is the one that is missing.
        if (open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY) != descriptor) _exit(125);
    }
}

char **inject_environment(void) { return environ; }

void inject_environment_wipe(const char *name) {
    size_t length = strlen(name);
    for (char **entry = environ; *entry != NULL; entry++) {
        if (strncmp(*entry, name, length) != 0 || (*entry)[length] != '=') continue;
        explicit_bzero(*entry + length + 1, strlen(*entry + length + 1));
    }
}
