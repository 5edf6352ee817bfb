internal import COpenSSL

/// Collects the named numbers of a key for `EVP_PKEY_fromdata`.
///
/// OpenSSL keeps pointers to what is pushed, names included, until the parameters are made: all of it is owned here.
struct ParameterBuilder: ~Copyable {
    /// Finished parameters, freed with their owner.
    struct Parameters: ~Copyable {
        let pointer: UnsafeMutablePointer<OSSL_PARAM>
        deinit { OSSL_PARAM_free(pointer) }
    }

    private let builder: OpaquePointer
    private var numbers: [OpaquePointer] = []
    private var blobs: [UnsafeMutableRawBufferPointer] = []
    private var isComplete = true

    init() throws(CryptoError) {
        guard let builder = OSSL_PARAM_BLD_new() else { throw OpenSSLFailure.clear(.operationFailed) }
        self.builder = builder
    }

    deinit {
        OSSL_PARAM_BLD_free(builder)
        for number in numbers { BN_free(number) }
        for blob in blobs { blob.deallocate() }
    }

    mutating func push(_ name: String, number bytes: [UInt8]) {
        guard let number = BN_bin2bn(bytes, Int32(clamping: bytes.count), nil) else {
            isComplete = false
            return
        }
        numbers.append(number)
        if OSSL_PARAM_BLD_push_BN(builder, keep(name), number) != 1 { isComplete = false }
    }

    mutating func push(_ name: String, text: String) {
        if OSSL_PARAM_BLD_push_utf8_string(builder, keep(name), keep(text), 0) != 1 { isComplete = false }
    }

    mutating func push(_ name: String, bytes: [UInt8]) {
        let blob = keep(bytes)
        if OSSL_PARAM_BLD_push_octet_string(builder, keep(name), blob.baseAddress, blob.count) != 1 {
            isComplete = false
        }
    }

    func finish() throws(CryptoError) -> Parameters {
        guard isComplete, let parameters = OSSL_PARAM_BLD_to_param(builder) else {
            throw OpenSSLFailure.clear(.invalidKey)
        }
        return Parameters(pointer: parameters)
    }

    private mutating func keep(_ text: String) -> UnsafePointer<CChar>? {
        UnsafePointer(keep(Array(text.utf8) + [0]).baseAddress?.assumingMemoryBound(to: CChar.self))
    }

    private mutating func keep(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let blob = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        blob.copyBytes(from: bytes)
        blobs.append(blob)
        return blob
    }
}
