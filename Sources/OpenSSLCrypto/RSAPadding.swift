internal import COpenSSL

/// Sets the padding of an RSA operation.
enum RSAPadding {
    /// Says whether OpenSSL took it; algorithms without padding need nothing.
    static func apply(_ algorithm: SignatureAlgorithm, to context: OpaquePointer?) -> Bool {
        switch algorithm {
        case .rsaPKCS1:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .rsaPSS(let digest):
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.implementation) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
        case .ecdsa, .ed25519:
            return true
        }
    }
}
