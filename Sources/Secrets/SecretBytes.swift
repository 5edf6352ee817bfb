internal import CInjectShims

// Sendable: the mapping is written only by the `SecretBuffer` that owned it alone; from here on it is only read.
/// A secret value: locked in memory, left out of core dumps, wiped when the last owner lets go.
///
/// It has no description of its own, is not `Codable`, `Equatable` or `Hashable`, and mirrors as empty, so that no
/// interpolation, dump or log line can show it. The bytes are reached only through `withExposedBytes`.
package final class SecretBytes: @unchecked Sendable {
    private let mapping: SecretMapping
    /// The number of bytes of the value.
    package let count: Int

    init(adopting mapping: SecretMapping, count: Int) {
        self.mapping = mapping
        self.count = count
    }

    /// Copies `bytes`; the caller still has to wipe its own copy.
    package convenience init(copying bytes: UnsafeRawBufferPointer) throws(SecretMemoryError) {
        var buffer = try SecretBuffer(capacity: bytes.count)
        try buffer.append(bytes)
        self.init(adopting: buffer.mapping, count: buffer.count)
    }

    /// Whether the kernel locked the pages; false where RLIMIT_MEMLOCK is too small.
    package var isLocked: Bool { mapping.isLocked }

    /// Whether the value has no bytes.
    package var isEmpty: Bool { count == 0 }

    /// Lends the bytes to `body`, which must not let the pointer or a copy escape.
    package func withExposedBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: mapping.base, count: count))
    }

    /// Compares two values in time that depends on their lengths alone.
    package func isEqual(to other: SecretBytes) -> Bool {
        guard count == other.count else { return false }
        return inject_secret_equal(mapping.base, other.mapping.base, count)
    }
}

// MARK: - Unprintable

extension SecretBytes: CustomReflectable {
    /// An empty mirror: `dump` and debuggers show no address and no length.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
