internal import COpenSSL

/// The one owner of an `EVP_MD_CTX`, for one signature.
struct SigningContext: ~Copyable {
    private let pointer: OpaquePointer
    private let key: KeyHandle
    private let digest: DigestAlgorithm?
    private let usesPSS: Bool

    /// Prepares a signature; Ed25519 names no digest, because it has its own.
    init(_ key: KeyHandle, _ digest: DigestAlgorithm?, usesPSS: Bool = false) throws(CryptoError) {
        guard let pointer = EVP_MD_CTX_new() else { throw CryptoError(.operationFailed) }
        self.pointer = pointer
        self.key = key
        self.digest = digest
        self.usesPSS = usesPSS
    }

    deinit {
        EVP_MD_CTX_free(pointer)
    }

    /// Whether the signature, in OpenSSL's form, is one of the message.
    borrowing func verify(_ signature: UnsafeRawBufferPointer, over message: UnsafeRawBufferPointer) -> Bool {
        var keyContext: OpaquePointer?
        guard EVP_DigestVerifyInit(pointer, &keyContext, digest?.evp, nil, key.pointer) == 1,
            choosePadding(keyContext)
        else { return false }
        return Self.withBase(of: message) { text in
            let bytes = signature.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return EVP_DigestVerify(pointer, bytes, signature.count, text, message.count) == 1
        }
    }

    /// Signs the message; the result has OpenSSL's form.
    borrowing func sign(_ message: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
        var keyContext: OpaquePointer?
        guard EVP_DigestSignInit(pointer, &keyContext, digest?.evp, nil, key.pointer) == 1, choosePadding(keyContext)
        else { throw CryptoError(.operationFailed) }
        // The size is a maximum: a DER signature is often shorter.
        var signature = [UInt8](repeating: 0, count: max(Int(EVP_PKEY_get_size(key.pointer)), 1))
        var count = signature.count
        let isSigned = Self.withBase(of: message) { text in
            EVP_DigestSign(pointer, &signature, &count, text, message.count) == 1
        }
        guard isSigned, count <= signature.count else { throw CryptoError(.operationFailed) }
        return Array(signature[..<count])
    }

    /// With PSS the salt is as long as the digest, and MGF1 uses the digest because nothing else is said.
    private borrowing func choosePadding(_ keyContext: OpaquePointer?) -> Bool {
        guard usesPSS else { return true }
        return EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_DIGEST) == 1
    }

    /// OpenSSL wants a pointer even for a message without bytes.
    private static func withBase<Result>(
        of message: UnsafeRawBufferPointer,
        _ body: (UnsafePointer<UInt8>) -> Result
    ) -> Result {
        if let base = message.baseAddress { return body(base.assumingMemoryBound(to: UInt8.self)) }
        return withUnsafePointer(to: 0) { body($0) }
    }
}
