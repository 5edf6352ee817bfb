#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "COpenSSL.h"

#define FUNCTION(result, name, parameters, arguments) __typeof__(name) *name;
struct functions {
#include "functions.h"
};
#undef FUNCTION

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)
// That of the headers: another one may have other structures.
static const char file[] = "libcrypto.so." TEXT(OPENSSL_SHLIB_VERSION);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct functions table;
// Null until the table is complete.
static const struct functions *_Atomic ready;
// Why it is not complete, written once by the one that loads.
static char failure[256];
// The loader's own, where a library is not there.
static atomic_int failure_status = 127;

void inject_openssl_set_failure_status(int status) { failure_status = status; }

// What needs OpenSSL asks for it first; whoever did not cannot go on.
static _Noreturn void fail(const char *reason) {
    fprintf(
        stderr,
        "%s: error[library-missing]: OpenSSL cannot be loaded: %s\n"
        "  = help: install it: apt-get install libssl3, or libssl3t64 from Debian 13 and Ubuntu 24.04 on\n",
        program_invocation_short_name, reason);
    _exit(failure_status);
}

static void load(void) {
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const char *missing = library == NULL ? dlerror() : NULL;
#define FUNCTION(result, name, parameters, arguments)                                                                 \
    if (missing == NULL && (*(void **)&table.name = dlsym(library, #name)) == NULL) missing = "it has no " #name;
#include "functions.h"
#undef FUNCTION
    if (missing == NULL) {
        atomic_store_explicit(&ready, &table, memory_order_release);
    } else {
        strncpy(failure, missing, sizeof failure - 1);
    }
}

const char *inject_openssl_load_error(void) {
    pthread_once(&once, load);
    return failure[0] == 0 ? NULL : failure;
}

static const struct functions *loaded(void) {
    const struct functions *functions = atomic_load_explicit(&ready, memory_order_acquire);
    if (functions != NULL) return functions;
    const char *reason = inject_openssl_load_error();
    if (reason != NULL) fail(reason);
    return &table;
}

// Hidden, or libraries that use OpenSSL as well would call it through here. The compiler compares each with the header's.
#define FUNCTION(result, name, parameters, arguments)                                                                 \
    __attribute__((visibility("hidden"))) result name parameters { return loaded()->name arguments; }
#include "functions.h"
