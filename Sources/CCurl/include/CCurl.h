// The one door to libcurl: its types, and its functions under names of our own, which load the library on first use.
//
// libcurl brings some thirty libraries, and resolving them takes the loader longer than all else of a start. Most commands
// send no request. What curl/curl.h declares itself is not linked: a use of it does not get past the linker.
#ifndef INJECT_CCURL_H
#define INJECT_CCURL_H

#include <curl/curl.h>
#include <malloc.h>
#include <stdbool.h>
#include <string.h>

/// Loads the library; false where it is not there or is too old.
bool inject_curl_load(void);

/// Why the library could not be loaded, for people; nil where it could.
const char *_Nullable inject_curl_load_error(void);

// MARK: - Functions of the same name without the prefix; to be called only once the library is loaded.

CURLcode inject_curl_global_init_mem(
    long flags, curl_malloc_callback _Nonnull allocate, curl_free_callback _Nonnull release,
    curl_realloc_callback _Nonnull reallocate, curl_strdup_callback _Nonnull duplicate,
    curl_calloc_callback _Nonnull allocate_zeroed);
curl_version_info_data *_Nullable inject_curl_version_info(CURLversion age);
time_t inject_curl_getdate(const char *_Nonnull text);
void inject_curl_free(void *_Nullable memory);

CURL *_Nullable inject_curl_easy_init(void);
void inject_curl_easy_cleanup(CURL *_Nonnull handle);
const char *_Nonnull inject_curl_easy_strerror(CURLcode code);

CURLM *_Nullable inject_curl_multi_init(void);
CURLMcode inject_curl_multi_cleanup(CURLM *_Nonnull multi);
CURLMcode inject_curl_multi_add_handle(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode inject_curl_multi_remove_handle(CURLM *_Nonnull multi, CURL *_Nonnull handle);
CURLMcode inject_curl_multi_perform(CURLM *_Nonnull multi, int *_Nonnull running);
CURLMcode inject_curl_multi_poll(CURLM *_Nonnull multi, int milliseconds);
CURLMcode inject_curl_multi_wakeup(CURLM *_Nonnull multi);
CURLMsg *_Nullable inject_curl_multi_info_read(CURLM *_Nonnull multi, int *_Nonnull waiting);

struct curl_slist *_Nullable inject_curl_slist_append(struct curl_slist *_Nullable list, const char *_Nonnull text);
void inject_curl_slist_free_all(struct curl_slist *_Nullable list);

CURLU *_Nullable inject_curl_url(void);
void inject_curl_url_cleanup(CURLU *_Nonnull url);
CURLUcode inject_curl_url_set(CURLU *_Nonnull url, CURLUPart part, const char *_Nonnull text, unsigned int flags);
CURLUcode inject_curl_url_get(
    CURLU *_Nonnull url, CURLUPart part, char *_Nullable *_Nonnull text, unsigned int flags);

// MARK: - curl_easy_setopt and curl_easy_getinfo are variadic: one wrapper for each kind of argument.

/// Sets an option that takes a long.
CURLcode inject_curl_set_long(CURL *_Nonnull handle, CURLoption option, long value);

/// Sets an option that takes a large number (`curl_off_t`).
CURLcode inject_curl_set_size(CURL *_Nonnull handle, CURLoption option, curl_off_t value);

/// Sets an option that takes text, which libcurl copies.
CURLcode inject_curl_set_text(CURL *_Nonnull handle, CURLoption option, const char *_Nullable value);

/// Sets an option that takes a pointer, which must stay valid as long as the transfer.
CURLcode inject_curl_set_pointer(CURL *_Nonnull handle, CURLoption option, void *_Nullable value);

/// Sets CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION or CURLOPT_READFUNCTION, which share one signature.
CURLcode inject_curl_set_callback(
    CURL *_Nonnull handle, CURLoption option,
    size_t (*_Nonnull callback)(char *_Nullable, size_t, size_t, void *_Nullable));

/// Sets CURLOPT_SEEKFUNCTION.
CURLcode inject_curl_set_seek(CURL *_Nonnull handle, int (*_Nonnull callback)(void *_Nullable, curl_off_t, int));

/// Sets CURLOPT_PREREQFUNCTION.
CURLcode inject_curl_set_prerequest(
    CURL *_Nonnull handle,
    int (*_Nonnull callback)(void *_Nullable, char *_Nullable, char *_Nullable, int, int));

/// Reads an information that is a long.
CURLcode inject_curl_get_long(CURL *_Nonnull handle, CURLINFO info, long *_Nonnull value);

/// CURL_GLOBAL_DEFAULT is a macro over a macro, which Swift does not import.
static inline long inject_curl_global_default(void) { return CURL_GLOBAL_DEFAULT; }

#endif
