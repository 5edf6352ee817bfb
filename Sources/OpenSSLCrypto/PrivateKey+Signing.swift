internal import COpenSSL

extension PrivateKey {
    /// Signs `message`; an ECDSA signature comes as `r || s`.
    ///
    /// Throws `unsupportedKey` where the algorithm does not fit the key.
    package func sign(
        _ message: UnsafeRawBufferPointer,
        using algorithm: SignatureAlgorithm
    ) throws(CryptoError) -> [UInt8] {
        defer { ERR_clear_error() }
        switch (publicKey.components, algorithm) {
        case (.rsa, .rsaPKCS1(let digest)):
            return try SigningContext(handle, digest).sign(message)
        case (.rsa, .rsaPSS(let digest)):
            return try SigningContext(handle, digest, usesPSS: true).sign(message)
        case (.ec(let curve, _, _), .ecdsa(let digest)) where curve.digest == digest:
            return try EncodedSignature.pair(of: try SigningContext(handle, digest).sign(message), on: curve)
        case (.ed25519, .ed25519):
            return try SigningContext(handle, nil).sign(message)
        default:
            throw CryptoError(.unsupportedKey)
        }
    }
}
