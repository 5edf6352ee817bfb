internal import COpenSSL

/// Random bytes from OpenSSL's generator.
package enum SecureRandom {
    /// So many random bytes, for what is no secret: token ids, names of folders.
    package static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(clamping: count)) == 1 else { throw OpenSSLFailure.clear(.operationFailed) }
        return bytes
    }
}
