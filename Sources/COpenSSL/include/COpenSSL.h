// The one door to OpenSSL: its headers, and its functions under their own names, which load libcrypto on first use.
//
// The loader would take half as long again to start `inject --version` with it, and many a command needs none of it. A
// function that functions.h does not name does not get past the linker.
#ifndef INJECT_COPENSSL_H
#define INJECT_COPENSSL_H

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

/// Loads the library if it is not loaded yet, and says why it cannot be, or NULL; the text stays.
const char *inject_openssl_load_error(void);

/// Sets what the process ends with, after a message, where a function is called although the library cannot be loaded: 127 as
/// long as nothing is set.
void inject_openssl_set_failure_status(int status);

/// The parts of a public key for `EVP_PKEY_fromdata`: EVP_PKEY_PUBLIC_KEY, an expression Swift does not import.
static inline int inject_openssl_public_key_parts(void) { return EVP_PKEY_PUBLIC_KEY; }

/// Wipes and frees what OpenSSL allocated: `OPENSSL_clear_free` is a macro that adds the file and the line.
static inline void inject_openssl_clear_free(void *memory, size_t size) { OPENSSL_clear_free(memory, size); }

#endif
