internal import COpenSSL

extension PublicKey {
    /// Whether `signature` is one of `message` by this key.
    ///
    /// False for everything else as well: an algorithm that does not fit the key, a wrong length, `r` or `s` out of
    /// range, a failure of OpenSSL.
    package func verify(
        _ signature: UnsafeRawBufferPointer,
        over message: UnsafeRawBufferPointer,
        using algorithm: SignatureAlgorithm
    ) -> Bool {
        defer { ERR_clear_error() }
        switch (components, algorithm) {
        case (.rsa(let modulus, _), .rsaPKCS1(let digest)) where signature.count == modulus.count:
            return isValid(signature, message, digest)
        case (.rsa(let modulus, _), .rsaPSS(let digest)) where signature.count == modulus.count:
            return isValid(signature, message, digest, usesPSS: true)
        case (.ec(let curve, _, _), .ecdsa(let digest)) where curve.digest == digest:
            guard let encoded = EncodedSignature(pair: signature, on: curve) else { return false }
            return encoded.withBytes { isValid($0, message, digest) }
        case (.ed25519, .ed25519) where signature.count == 64:
            return isValid(signature, message, nil)
        default:
            return false
        }
    }

    private func isValid(
        _ signature: UnsafeRawBufferPointer,
        _ message: UnsafeRawBufferPointer,
        _ digest: DigestAlgorithm?,
        usesPSS: Bool = false
    ) -> Bool {
        guard let context = try? SigningContext(handle, digest, usesPSS: usesPSS) else { return false }
        return context.verify(signature, over: message)
    }
}
