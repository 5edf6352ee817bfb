internal import COpenSSL

/// The one owner of an `EVP_PKEY`.
// Sendable: the key is complete when the handle is made and no call changes it afterwards; OpenSSL counts references
// atomically and lets threads use one key through contexts of their own (openssl-threads(7)).
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over a reference.
    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit {
        // Wipes the private numbers of a key pair as well (BN_clear_free inside).
        EVP_PKEY_free(pointer)
    }

    /// Makes a key of the type OpenSSL calls `type` from parts that `KeyParameters` holds.
    convenience init(_ type: String, _ parts: Int32, _ parameters: borrowing KeyParameters) throws(CryptoError) {
        let list = try parameters.list()
        defer { OSSL_PARAM_free(list) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { throw CryptoError(.operationFailed) }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1, EVP_PKEY_fromdata(context, &pointer, parts, list) == 1,
            let pointer
        else { throw CryptoError(.malformedKey) }
        self.init(adopting: pointer)
    }

    /// Runs one of OpenSSL's key checks.
    func passes(_ check: (OpaquePointer?) -> Int32) -> Bool {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        return check(context) == 1
    }

    /// Reads a public number, padded to `count` bytes, or as short as it can be.
    func number(_ name: String, count: Int? = nil) throws(CryptoError) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1 else { throw CryptoError(.operationFailed) }
        defer { BN_clear_free(number) }
        let length = count ?? Int(BN_num_bits(number) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: length)
        guard BN_bn2binpad(number, &bytes, Int32(length)) == Int32(length) else { throw CryptoError(.operationFailed) }
        return bytes
    }
}
