// The one door to libcurl. Only documented wrappers for what Swift cannot call (macros, variadics); no policy here.
#ifndef INJECT_CCURL_SHIM_H
#define INJECT_CCURL_SHIM_H

#include <curl/curl.h>
#include <malloc.h>
#include <string.h>

// curl_easy_setopt is variadic: one wrapper for each kind of argument.

/// Sets an option that takes a long.
static inline CURLcode inject_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes a large number (`curl_off_t`).
static inline CURLcode inject_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes text, which libcurl copies.
static inline CURLcode inject_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

/// Sets an option that takes a pointer, which must stay valid as long as the transfer.
static inline CURLcode inject_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

/// Sets CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION or CURLOPT_READFUNCTION, which share one signature.
static inline CURLcode inject_curl_set_callback(
    CURL *handle, CURLoption option, size_t (*callback)(char *, size_t, size_t, void *)) {
    return curl_easy_setopt(handle, option, callback);
}

/// Sets CURLOPT_SEEKFUNCTION.
static inline CURLcode inject_curl_set_seek(CURL *handle, int (*callback)(void *, curl_off_t, int)) {
    return curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, callback);
}

/// Sets CURLOPT_PREREQFUNCTION.
static inline CURLcode inject_curl_set_prerequest(CURL *handle, int (*callback)(void *, char *, char *, int, int)) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
}

/// Reads an information that is a long.
static inline CURLcode inject_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

/// CURL_GLOBAL_DEFAULT is a macro over a macro, which Swift does not import.
static inline long inject_curl_global_default(void) { return CURL_GLOBAL_DEFAULT; }

#endif
