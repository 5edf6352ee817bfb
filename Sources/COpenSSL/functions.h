// Every function of OpenSSL that is used: FUNCTION(result, name, parameters, arguments). No header of its own: whoever
// includes it says what becomes of a function.

FUNCTION(void, ERR_clear_error, (void), ())
FUNCTION(void, CRYPTO_clear_free, (void *ptr, size_t num, const char *file, int line), (ptr, num, file, line))
FUNCTION(int, CRYPTO_memcmp, (const void *in_a, const void *in_b, size_t len), (in_a, in_b, len))
FUNCTION(int, RAND_bytes_ex, (OSSL_LIB_CTX *ctx, unsigned char *buf, size_t num, unsigned int strength),
    (ctx, buf, num, strength))
FUNCTION(int, RAND_priv_bytes_ex, (OSSL_LIB_CTX *ctx, unsigned char *buf, size_t num, unsigned int strength),
    (ctx, buf, num, strength))
FUNCTION(const EVP_MD *, EVP_sha256, (void), ())
FUNCTION(const EVP_MD *, EVP_sha384, (void), ())
FUNCTION(const EVP_MD *, EVP_sha512, (void), ())
FUNCTION(void, EVP_MD_CTX_free, (EVP_MD_CTX *ctx), (ctx))
FUNCTION(EVP_MD_CTX *, EVP_MD_CTX_new, (void), ())
FUNCTION(int, EVP_Digest,
    (const void *data, size_t count, unsigned char *md, unsigned int *size, const EVP_MD *type, ENGINE *impl),
    (data, count, md, size, type, impl))
FUNCTION(int, EVP_DigestFinal_ex, (EVP_MD_CTX *ctx, unsigned char *md, unsigned int *s), (ctx, md, s))
FUNCTION(int, EVP_DigestInit_ex, (EVP_MD_CTX *ctx, const EVP_MD *type, ENGINE *impl), (ctx, type, impl))
FUNCTION(int, EVP_DigestSign,
    (EVP_MD_CTX *ctx, unsigned char *sigret, size_t *siglen, const unsigned char *tbs, size_t tbslen),
    (ctx, sigret, siglen, tbs, tbslen))
FUNCTION(int, EVP_DigestSignInit, (EVP_MD_CTX *ctx, EVP_PKEY_CTX **pctx, const EVP_MD *type, ENGINE *e, EVP_PKEY *pkey),
    (ctx, pctx, type, e, pkey))
FUNCTION(int, EVP_DigestUpdate, (EVP_MD_CTX *ctx, const void *d, size_t cnt), (ctx, d, cnt))
FUNCTION(int, EVP_DigestVerify,
    (EVP_MD_CTX *ctx, const unsigned char *sigret, size_t siglen, const unsigned char *tbs, size_t tbslen),
    (ctx, sigret, siglen, tbs, tbslen))
FUNCTION(int, EVP_DigestVerifyInit,
    (EVP_MD_CTX *ctx, EVP_PKEY_CTX **pctx, const EVP_MD *type, ENGINE *e, EVP_PKEY *pkey),
    (ctx, pctx, type, e, pkey))
FUNCTION(unsigned char *, EVP_Q_mac,
    (OSSL_LIB_CTX *libctx, const char *name, const char *propq, const char *subalg, const OSSL_PARAM *params,
     const void *key, size_t keylen, const unsigned char *data, size_t datalen, unsigned char *out, size_t outsize,
     size_t *outlen),
    (libctx, name, propq, subalg, params, key, keylen, data, datalen, out, outsize, outlen))
FUNCTION(int, EVP_PBE_scrypt,
    (const char *pass, size_t passlen, const unsigned char *salt, size_t saltlen, uint64_t N, uint64_t r, uint64_t p,
     uint64_t maxmem, unsigned char *key, size_t keylen),
    (pass, passlen, salt, saltlen, N, r, p, maxmem, key, keylen))
FUNCTION(const EVP_CIPHER *, EVP_aes_256_gcm, (void), ())
FUNCTION(const EVP_CIPHER *, EVP_chacha20_poly1305, (void), ())
FUNCTION(int, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *ctx, int type, int arg, void *ptr), (ctx, type, arg, ptr))
FUNCTION(void, EVP_CIPHER_CTX_free, (EVP_CIPHER_CTX *c), (c))
FUNCTION(EVP_CIPHER_CTX *, EVP_CIPHER_CTX_new, (void), ())
FUNCTION(int, EVP_CipherFinal_ex, (EVP_CIPHER_CTX *ctx, unsigned char *outm, int *outl), (ctx, outm, outl))
FUNCTION(int, EVP_CipherInit_ex,
    (EVP_CIPHER_CTX *ctx, const EVP_CIPHER *cipher, ENGINE *impl, const unsigned char *key, const unsigned char *iv,
     int enc),
    (ctx, cipher, impl, key, iv, enc))
FUNCTION(int, EVP_CipherUpdate, (EVP_CIPHER_CTX *ctx, unsigned char *out, int *outl, const unsigned char *in, int inl),
    (ctx, out, outl, in, inl))
FUNCTION(int, EVP_PKEY_CTX_add1_hkdf_info, (EVP_PKEY_CTX *ctx, const unsigned char *info, int infolen),
    (ctx, info, infolen))
FUNCTION(void, EVP_PKEY_CTX_free, (EVP_PKEY_CTX *ctx), (ctx))
FUNCTION(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_name, (OSSL_LIB_CTX *libctx, const char *name, const char *propquery),
    (libctx, name, propquery))
FUNCTION(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_pkey, (OSSL_LIB_CTX *libctx, EVP_PKEY *pkey, const char *propquery),
    (libctx, pkey, propquery))
FUNCTION(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_id, (int id, ENGINE *e), (id, e))
FUNCTION(int, EVP_PKEY_CTX_set1_hkdf_key, (EVP_PKEY_CTX *ctx, const unsigned char *key, int keylen), (ctx, key, keylen))
FUNCTION(int, EVP_PKEY_CTX_set1_hkdf_salt, (EVP_PKEY_CTX *ctx, const unsigned char *salt, int saltlen),
    (ctx, salt, saltlen))
FUNCTION(int, EVP_PKEY_CTX_set_group_name, (EVP_PKEY_CTX *ctx, const char *name), (ctx, name))
FUNCTION(int, EVP_PKEY_CTX_set_hkdf_md, (EVP_PKEY_CTX *ctx, const EVP_MD *md), (ctx, md))
FUNCTION(int, EVP_PKEY_CTX_set_rsa_keygen_bits, (EVP_PKEY_CTX *ctx, int bits), (ctx, bits))
FUNCTION(int, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX *ctx, int pad_mode), (ctx, pad_mode))
FUNCTION(int, EVP_PKEY_CTX_set_rsa_pss_saltlen, (EVP_PKEY_CTX *ctx, int saltlen), (ctx, saltlen))
FUNCTION(int, EVP_PKEY_derive, (EVP_PKEY_CTX *ctx, unsigned char *key, size_t *keylen), (ctx, key, keylen))
FUNCTION(int, EVP_PKEY_derive_init, (EVP_PKEY_CTX *ctx), (ctx))
FUNCTION(int, EVP_PKEY_derive_set_peer, (EVP_PKEY_CTX *ctx, EVP_PKEY *peer), (ctx, peer))
FUNCTION(void, EVP_PKEY_free, (EVP_PKEY *pkey), (pkey))
FUNCTION(int, EVP_PKEY_fromdata, (EVP_PKEY_CTX *ctx, EVP_PKEY **ppkey, int selection, OSSL_PARAM *param),
    (ctx, ppkey, selection, param))
FUNCTION(int, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX *ctx), (ctx))
FUNCTION(int, EVP_PKEY_generate, (EVP_PKEY_CTX *ctx, EVP_PKEY **ppkey), (ctx, ppkey))
FUNCTION(int, EVP_PKEY_get_bn_param, (const EVP_PKEY *pkey, const char *key_name, BIGNUM **bn), (pkey, key_name, bn))
FUNCTION(int, EVP_PKEY_get_raw_public_key, (const EVP_PKEY *pkey, unsigned char *pub, size_t *len), (pkey, pub, len))
FUNCTION(int, EVP_PKEY_get_size, (const EVP_PKEY *pkey), (pkey))
FUNCTION(int, EVP_PKEY_keygen_init, (EVP_PKEY_CTX *ctx), (ctx))
FUNCTION(EVP_PKEY *, EVP_PKEY_new_raw_private_key_ex,
    (OSSL_LIB_CTX *libctx, const char *keytype, const char *propq, const unsigned char *priv, size_t len),
    (libctx, keytype, propq, priv, len))
FUNCTION(EVP_PKEY *, EVP_PKEY_new_raw_public_key_ex,
    (OSSL_LIB_CTX *libctx, const char *keytype, const char *propq, const unsigned char *pub, size_t len),
    (libctx, keytype, propq, pub, len))
FUNCTION(int, EVP_PKEY_public_check_quick, (EVP_PKEY_CTX *ctx), (ctx))
FUNCTION(void, OSSL_PARAM_BLD_free, (OSSL_PARAM_BLD *bld), (bld))
FUNCTION(OSSL_PARAM_BLD *, OSSL_PARAM_BLD_new, (void), ())
FUNCTION(int, OSSL_PARAM_BLD_push_BN, (OSSL_PARAM_BLD *bld, const char *key, const BIGNUM *bn), (bld, key, bn))
FUNCTION(int, OSSL_PARAM_BLD_push_octet_string, (OSSL_PARAM_BLD *bld, const char *key, const void *buf, size_t bsize),
    (bld, key, buf, bsize))
FUNCTION(int, OSSL_PARAM_BLD_push_utf8_string, (OSSL_PARAM_BLD *bld, const char *key, const char *buf, size_t bsize),
    (bld, key, buf, bsize))
FUNCTION(OSSL_PARAM *, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD *bld), (bld))
FUNCTION(void, OSSL_PARAM_free, (OSSL_PARAM *p), (p))
FUNCTION(BIGNUM *, BN_bin2bn, (const unsigned char *s, int len, BIGNUM *ret), (s, len, ret))
FUNCTION(int, BN_bn2binpad, (const BIGNUM *a, unsigned char *to, int tolen), (a, to, tolen))
FUNCTION(void, BN_clear_free, (BIGNUM *a), (a))
FUNCTION(void, BN_free, (BIGNUM *a), (a))
FUNCTION(int, BN_num_bits, (const BIGNUM *a), (a))
FUNCTION(void, ECDSA_SIG_free, (ECDSA_SIG *sig), (sig))
FUNCTION(const BIGNUM *, ECDSA_SIG_get0_r, (const ECDSA_SIG *sig), (sig))
FUNCTION(const BIGNUM *, ECDSA_SIG_get0_s, (const ECDSA_SIG *sig), (sig))
FUNCTION(ECDSA_SIG *, ECDSA_SIG_new, (void), ())
FUNCTION(int, ECDSA_SIG_set0, (ECDSA_SIG *sig, BIGNUM *r, BIGNUM *s), (sig, r, s))
FUNCTION(ECDSA_SIG *, d2i_ECDSA_SIG, (ECDSA_SIG **sig, const unsigned char **bytes, long count), (sig, bytes, count))
FUNCTION(int, i2d_ECDSA_SIG, (const ECDSA_SIG *sig, unsigned char **bytes), (sig, bytes))
