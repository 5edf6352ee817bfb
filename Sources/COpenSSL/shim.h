// The one door to OpenSSL. Only documented wrappers for what Swift cannot call (macros, variadics); no policy here.
#ifndef INJECT_COPENSSL_SHIM_H
#define INJECT_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

/// EVP_PKEY_PUBLIC_KEY is a macro over a cast, which Swift does not import.
static inline int inject_evp_public_key(void) { return EVP_PKEY_PUBLIC_KEY; }

#endif
