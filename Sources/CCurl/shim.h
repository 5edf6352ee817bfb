// The one door to libcurl. Only documented wrappers for what Swift cannot call (macros, variadics); no policy here.
#ifndef INJECT_CCURL_SHIM_H
#define INJECT_CCURL_SHIM_H

#include <curl/curl.h>

#endif
