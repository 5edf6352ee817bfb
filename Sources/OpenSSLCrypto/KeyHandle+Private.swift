internal import COpenSSL

extension KeyHandle {
    static func generate(_ kind: PrivateKey.Kind) throws(CryptoError) -> KeyHandle {
        let type =
            switch kind {
            case .rsa: "RSA"
            case .elliptic: "EC"
            case .ed25519: "ED25519"
            }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, configure(context, for: kind),
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw OpenSSLFailure.clear(.operationFailed) }
        return KeyHandle(adopting: key)
    }

    private static func configure(_ context: OpaquePointer, for kind: PrivateKey.Kind) -> Bool {
        switch kind {
        case .rsa(let bits): EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) == 1
        case .elliptic(let curve): EVP_PKEY_CTX_set_group_name(context, curve.groupName) == 1
        case .ed25519: true
        }
    }

    func sign(_ message: UnsafeRawBufferPointer, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw OpenSSLFailure.clear(.operationFailed) }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        var count = 0
        let bytes = message.bindMemory(to: UInt8.self)
        guard EVP_DigestSignInit(context, &keyContext, algorithm.digest?.implementation, nil, pointer) == 1,
            RSAPadding.apply(algorithm, to: keyContext),
            EVP_DigestSign(context, nil, &count, bytes.baseAddress, bytes.count) == 1
        else { throw OpenSSLFailure.clear(.operationFailed) }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, bytes.baseAddress, bytes.count) == 1 else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        return Array(signature.prefix(count))
    }

    /// The public numbers of any key we generate or read.
    func publicComponents() throws(CryptoError) -> PublicKeyComponents {
        if EVP_PKEY_is_a(pointer, "RSA") == 1 {
            return .rsa(modulus: try number(OSSL_PKEY_PARAM_RSA_N), exponent: try number(OSSL_PKEY_PARAM_RSA_E))
        }
        if EVP_PKEY_is_a(pointer, "ED25519") == 1 { return .ed25519(try rawPublicKey()) }
        guard EVP_PKEY_is_a(pointer, "EC") == 1, let curve = try curve() else { throw CryptoError(code: .invalidKey) }
        let size = curve.coordinateSize
        let (x, y) = (try number(OSSL_PKEY_PARAM_EC_PUB_X), try number(OSSL_PKEY_PARAM_EC_PUB_Y))
        return .elliptic(curve, x: Self.padded(x, to: size), y: Self.padded(y, to: size))
    }

    private func curve() throws(CryptoError) -> EllipticCurve? {
        var name = [CChar](repeating: 0, count: 80)
        var count = 0
        guard EVP_PKEY_get_group_name(pointer, &name, name.count, &count) == 1 else {
            throw OpenSSLFailure.clear(.invalidKey)
        }
        let text = String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return EllipticCurve.allCases.first { $0.groupName == text }
    }

    private func number(_ name: String) throws(CryptoError) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number else {
            throw OpenSSLFailure.clear(.invalidKey)
        }
        defer { BN_free(number) }
        let count = (BN_num_bits(number) + 7) / 8
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, written in
            written = Int(BN_bn2bin(number, buffer.baseAddress))
        }
    }

    private func rawPublicKey() throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1, count == 32 else {
            throw OpenSSLFailure.clear(.invalidKey)
        }
        return bytes
    }

    private static func padded(_ bytes: [UInt8], to count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: max(count - bytes.count, 0)) + bytes
    }
}
