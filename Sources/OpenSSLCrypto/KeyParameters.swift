internal import COpenSSL

/// The parts of a key on their way into OpenSSL.
struct KeyParameters: ~Copyable {
    private let builder: OpaquePointer
    // The builder refers to what it is given, names included, until the list is made, so all of it is kept here.
    private var numbers: [OpaquePointer] = []
    private var blobs: [UnsafeMutableRawBufferPointer] = []

    init() throws(CryptoError) {
        guard let builder = OSSL_PARAM_BLD_new() else { throw CryptoError(.operationFailed) }
        self.builder = builder
    }

    deinit {
        OSSL_PARAM_BLD_free(builder)
        for number in numbers { BN_clear_free(number) }
        for blob in blobs { blob.deallocate() }
    }

    /// Adds an unsigned number, big-endian.
    mutating func add(number bytes: [UInt8], as name: String) throws(CryptoError) {
        guard let number = BN_bin2bn(bytes, Int32(clamping: bytes.count), nil) else {
            throw CryptoError(.operationFailed)
        }
        try adopt(number, as: name)
    }

    /// Adds a string of bytes that is no secret.
    mutating func add(octets: [UInt8], as name: String) throws(CryptoError) {
        let octets = keep(octets)
        guard OSSL_PARAM_BLD_push_octet_string(builder, keep(name), octets.baseAddress, octets.count) == 1 else {
            throw CryptoError(.operationFailed)
        }
    }

    /// Adds a name, such as a curve's.
    mutating func add(text: String, as name: String) throws(CryptoError) {
        guard OSSL_PARAM_BLD_push_utf8_string(builder, keep(name), keep(text), 0) == 1 else {
            throw CryptoError(.operationFailed)
        }
    }

    /// The finished list, which the caller frees.
    borrowing func list() throws(CryptoError) -> UnsafeMutablePointer<OSSL_PARAM> {
        guard let list = OSSL_PARAM_BLD_to_param(builder) else { throw CryptoError(.operationFailed) }
        return list
    }

    private mutating func adopt(_ number: OpaquePointer, as name: String) throws(CryptoError) {
        numbers.append(number)
        guard OSSL_PARAM_BLD_push_BN(builder, keep(name), number) == 1 else { throw CryptoError(.operationFailed) }
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
