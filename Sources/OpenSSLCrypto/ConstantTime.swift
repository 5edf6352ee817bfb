internal import COpenSSL

/// Comparison whose duration says nothing about the contents.
package enum ConstantTime {
    /// Whether two codes are equal, in time that depends on their lengths alone.
    package static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return CRYPTO_memcmp(first, second, left.count) == 0
    }
}
