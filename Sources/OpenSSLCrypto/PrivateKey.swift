internal import COpenSSL
package import Secrets

/// A private key that signs: the local issuer's, and those of tests.
package final class PrivateKey: Sendable {
    /// What to generate.
    package enum Kind: Hashable, Sendable {
        /// An RSA key of so many bits.
        case rsa(bits: Int)
        /// A key on a curve.
        case elliptic(EllipticCurve)
        /// An Ed25519 key.
        case ed25519
    }

    /// The public half.
    package let publicKey: PublicKey
    private let handle: KeyHandle

    /// Generates a key.
    package convenience init(generating kind: Kind) throws(CryptoError) {
        try self.init(KeyHandle.generate(kind))
    }

    /// Reads a key from the PKCS#8 DER that `pkcs8` wrote.
    package convenience init(pkcs8: SecretBytes) throws(CryptoError) {
        let key: OpaquePointer? = pkcs8.withExposedBytes { bytes in
            var cursor = bytes.bindMemory(to: UInt8.self).baseAddress
            return d2i_AutoPrivateKey(nil, &cursor, bytes.count)
        }
        guard let key else { throw OpenSSLFailure.clear(.invalidKey) }
        try self.init(KeyHandle(adopting: key))
    }

    private init(_ handle: KeyHandle) throws(CryptoError) {
        self.handle = handle
        publicKey = try PublicKey(handle.publicComponents())
    }

    /// The key as PKCS#8 DER, unencrypted.
    package func pkcs8() throws(CryptoError) -> SecretBytes {
        guard let info = EVP_PKEY2PKCS8(handle.pointer) else { throw OpenSSLFailure.clear(.operationFailed) }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        let count = i2d_PKCS8_PRIV_KEY_INFO(info, nil)
        guard count > 0 else { throw OpenSSLFailure.clear(.operationFailed) }
        do {
            var buffer = try SecretBuffer(capacity: Int(count))
            _ = try buffer.appendUninitialized(capacity: Int(count)) { room in
                var cursor = room.bindMemory(to: UInt8.self).baseAddress
                return Int(i2d_PKCS8_PRIV_KEY_INFO(info, &cursor))
            }
            return buffer.finish()
        } catch {
            throw CryptoError(code: .noMemory)
        }
    }

    /// Signs `message`; an ECDSA signature comes as r‖s.
    package func sign(
        _ message: UnsafeRawBufferPointer,
        using algorithm: SignatureAlgorithm
    ) throws(CryptoError) -> [UInt8] {
        guard algorithm.fits(publicKey.components) else { throw CryptoError(code: .unsuitableKey) }
        let signature = try handle.sign(message, algorithm)
        guard case .elliptic(let curve, _, _) = publicKey.components else { return signature }
        return try ECDSASignature.fixedLength(der: signature, on: curve)
    }
}
