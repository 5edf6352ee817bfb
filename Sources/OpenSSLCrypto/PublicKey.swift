internal import COpenSSL

/// A public key that verifies signatures.
///
/// That the numbers are a key of their kind is checked; whether the key is strong enough is the caller's business.
package final class PublicKey: Sendable {
    /// The numbers the key was made of.
    package let components: PublicKeyComponents
    private let handle: KeyHandle

    /// Makes a key; throws `invalidKey` for a point off its curve or an Ed25519 key of the wrong length.
    package init(_ components: PublicKeyComponents) throws(CryptoError) {
        self.components = components
        handle = try KeyHandle.makePublic(components)
    }

    /// Whether `signature` is this key's signature over `message`.
    ///
    /// False for a wrong length, a value out of range, an algorithm that does not fit the key: a verifier has one
    /// answer to all of them.
    package func verify(
        _ signature: [UInt8],
        over message: UnsafeRawBufferPointer,
        using algorithm: SignatureAlgorithm
    ) -> Bool {
        guard algorithm.fits(components), let encoded = encoded(signature) else { return false }
        return (try? isGood(encoded, message, algorithm)) ?? false
    }

    /// The signature in the form OpenSSL reads, or nil if it cannot be one of this key.
    private func encoded(_ signature: [UInt8]) -> [UInt8]? {
        switch components {
        case .rsa(let modulus, _): signature.count == modulus.drop { $0 == 0 }.count ? signature : nil
        case .elliptic(let curve, _, _): try? ECDSASignature(signature, on: curve).der()
        case .ed25519: signature.count == 64 ? signature : nil
        }
    }

    private func isGood(
        _ signature: [UInt8],
        _ message: UnsafeRawBufferPointer,
        _ algorithm: SignatureAlgorithm
    ) throws(CryptoError) -> Bool {
        guard let context = EVP_MD_CTX_new() else { throw OpenSSLFailure.clear(.operationFailed) }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var keyContext: OpaquePointer?
        let digest = algorithm.digest?.implementation
        guard EVP_DigestVerifyInit(context, &keyContext, digest, nil, handle.pointer) == 1,
            RSAPadding.apply(algorithm, to: keyContext)
        else { throw CryptoError(code: .operationFailed) }
        let bytes = message.bindMemory(to: UInt8.self)
        return EVP_DigestVerify(context, signature, signature.count, bytes.baseAddress, bytes.count) == 1
    }
}
