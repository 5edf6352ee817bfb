internal import COpenSSL
package import Secrets

/// OpenSSL's generator, seeded by the kernel.
package enum SecureRandom {
    /// Fills `memory`; on failure the contents are undefined and must not be used.
    package static func fill(_ memory: UnsafeMutableRawBufferPointer) throws(CryptoError) {
        defer { ERR_clear_error() }
        guard let base = memory.baseAddress, !memory.isEmpty else { return }
        guard RAND_bytes_ex(nil, base.assumingMemoryBound(to: UInt8.self), memory.count, 0) == 1 else {
            throw CryptoError(.operationFailed)
        }
    }

    /// Random bytes that are no secret, such as an identifier.
    package static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(count, 0))
        let result: Result<Void, CryptoError> = bytes.withUnsafeMutableBytes { memory in
            do throws(CryptoError) {
                return .success(try fill(memory))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        return bytes
    }

    /// Random bytes for a key.
    package static func secret(_ count: Int) throws(CryptoError) -> SecretBytes {
        defer { ERR_clear_error() }
        let secret = try SecretBytes.derived(count: count) { room, count in RAND_priv_bytes_ex(nil, room, count, 0) == 1
        }
        guard let secret else { throw CryptoError(.operationFailed) }
        return secret
    }
}
