#define CURL_DISABLE_TYPECHECK
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

// curl/curl.h wraps these in macros that check types, or take any number of arguments.
#undef curl_easy_setopt
#undef curl_easy_getinfo

// Every function that is used; __typeof__ takes each signature from libcurl's own header.
#define FUNCTIONS(X)                                                                                                  \
    X(curl_global_init_mem) X(curl_version_info) X(curl_getdate) X(curl_free) X(curl_easy_init) X(curl_easy_cleanup)  \
    X(curl_easy_strerror) X(curl_easy_setopt) X(curl_easy_getinfo) X(curl_multi_init) X(curl_multi_cleanup)          \
    X(curl_multi_add_handle) X(curl_multi_remove_handle) X(curl_multi_perform) X(curl_multi_poll)                    \
    X(curl_multi_wakeup) X(curl_multi_info_read) X(curl_slist_append) X(curl_slist_free_all) X(curl_url)             \
    X(curl_url_cleanup) X(curl_url_set) X(curl_url_get)

#define DECLARE(name) __typeof__(name) *name;
static struct {
    FUNCTIONS(DECLARE)
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char failure[256];

static void load(void) {
    // The name that every release since 2006 has; GNUTLS and NSS builds are called otherwise.
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    const char *missing = library == NULL ? dlerror() : NULL;
#define RESOLVE(name)                                                                                                 \
    if (missing == NULL && (*(void **)&curl.name = dlsym(library, #name)) == NULL) missing = "it has no " #name;
    FUNCTIONS(RESOLVE)
    if (missing == NULL) return;
    strncpy(failure, missing, sizeof failure - 1);
}

bool inject_curl_load(void) {
    pthread_once(&once, load);
    return failure[0] == 0;
}

const char *inject_curl_load_error(void) { return inject_curl_load() ? NULL : failure; }

CURLcode inject_curl_global_init_mem(
    long flags, curl_malloc_callback allocate, curl_free_callback release, curl_realloc_callback reallocate,
    curl_strdup_callback duplicate, curl_calloc_callback allocate_zeroed) {
    return curl.curl_global_init_mem(flags, allocate, release, reallocate, duplicate, allocate_zeroed);
}

curl_version_info_data *inject_curl_version_info(CURLversion age) { return curl.curl_version_info(age); }
time_t inject_curl_getdate(const char *text) { return curl.curl_getdate(text, NULL); }
void inject_curl_free(void *memory) { curl.curl_free(memory); }

CURL *inject_curl_easy_init(void) { return curl.curl_easy_init(); }
void inject_curl_easy_cleanup(CURL *handle) { curl.curl_easy_cleanup(handle); }
const char *inject_curl_easy_strerror(CURLcode code) { return curl.curl_easy_strerror(code); }

CURLM *inject_curl_multi_init(void) { return curl.curl_multi_init(); }
CURLMcode inject_curl_multi_cleanup(CURLM *multi) { return curl.curl_multi_cleanup(multi); }
CURLMcode inject_curl_multi_add_handle(CURLM *multi, CURL *handle) {
    return curl.curl_multi_add_handle(multi, handle);
}
CURLMcode inject_curl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return curl.curl_multi_remove_handle(multi, handle);
}
CURLMcode inject_curl_multi_perform(CURLM *multi, int *running) { return curl.curl_multi_perform(multi, running); }
CURLMcode inject_curl_multi_poll(CURLM *multi, int milliseconds) {
    return curl.curl_multi_poll(multi, NULL, 0, milliseconds, NULL);
}
CURLMcode inject_curl_multi_wakeup(CURLM *multi) { return curl.curl_multi_wakeup(multi); }
CURLMsg *inject_curl_multi_info_read(CURLM *multi, int *waiting) { return curl.curl_multi_info_read(multi, waiting); }

struct curl_slist *inject_curl_slist_append(struct curl_slist *list, const char *text) {
    return curl.curl_slist_append(list, text);
}
void inject_curl_slist_free_all(struct curl_slist *list) { curl.curl_slist_free_all(list); }

CURLU *inject_curl_url(void) { return curl.curl_url(); }
void inject_curl_url_cleanup(CURLU *url) { curl.curl_url_cleanup(url); }
CURLUcode inject_curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
    return curl.curl_url_set(url, part, text, flags);
}
CURLUcode inject_curl_url_get(CURLU *url, CURLUPart part, char **text, unsigned int flags) {
    return curl.curl_url_get(url, part, text, flags);
}

CURLcode inject_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl.curl_easy_setopt(handle, option, value);
}
CURLcode inject_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl.curl_easy_setopt(handle, option, value);
}
CURLcode inject_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl.curl_easy_setopt(handle, option, value);
}
CURLcode inject_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl.curl_easy_setopt(handle, option, value);
}
CURLcode inject_curl_set_callback(
    CURL *handle, CURLoption option, size_t (*callback)(char *, size_t, size_t, void *)) {
    return curl.curl_easy_setopt(handle, option, callback);
}
CURLcode inject_curl_set_seek(CURL *handle, int (*callback)(void *, curl_off_t, int)) {
    return curl.curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, callback);
}
CURLcode inject_curl_set_prerequest(CURL *handle, int (*callback)(void *, char *, char *, int, int)) {
    return curl.curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}
CURLcode inject_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl.curl_easy_getinfo(handle, info, value);
}
