// The one door to OpenSSL. Only documented wrappers for what Swift cannot call (macros, variadics); no policy here.
#ifndef INJECT_COPENSSL_SHIM_H
#define INJECT_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

/// The parts of a public key for `EVP_PKEY_fromdata`: EVP_PKEY_PUBLIC_KEY, an expression Swift does not import.
static inline int inject_openssl_public_key_parts(void) { return EVP_PKEY_PUBLIC_KEY; }

/// The parts of a private key for `EVP_PKEY_fromdata`: EVP_PKEY_KEYPAIR, an expression Swift does not import.
static inline int inject_openssl_key_pair_parts(void) { return EVP_PKEY_KEYPAIR; }

/// Wipes and frees what OpenSSL allocated: `OPENSSL_clear_free` is a macro that adds the file and the line.
static inline void inject_openssl_clear_free(void *memory, size_t size) { OPENSSL_clear_free(memory, size); }

#endif
