internal import CInjectShims
internal import Glibc

/// A secret that is still being read or built: grows in locked pages and becomes `SecretBytes`.
///
/// Growing leaves no copy behind: pages are moved as they are, or else the bytes are, and the old ones wiped.
package struct SecretBuffer: ~Copyable {
    private(set) var mapping: SecretMapping
    /// The number of bytes written so far.
    package private(set) var count = 0

    /// Makes an empty buffer with room for `capacity` bytes.
    ///
    /// Only what a process between fork and exec has to read is to be inherited.
    package init(capacity: Int = 256, isInherited: Bool = false) throws(SecretMemoryError) {
        mapping = try SecretMapping(minimumSize: capacity, isInherited: isInherited)
    }

    /// Appends one byte.
    package mutating func append(_ byte: UInt8) throws(SecretMemoryError) {
        if count == mapping.size { try reserve(1) }
        mapping.base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends a copy of `bytes`; the caller still has to wipe its own copy.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(SecretMemoryError) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        try reserve(bytes.count)
        mapping.base.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// Appends the UTF-8 of text that is not secret, such as a variable's name.
    package mutating func append(_ text: String) throws(SecretMemoryError) {
        var text = text
        _ = try appendUninitialized(capacity: text.utf8.count) { room in
            text.withUTF8 { room.copyBytes(from: $0) }
            return room.count
        }
    }

    /// Appends bytes that are not secret.
    package mutating func append(contentsOf bytes: [UInt8]) throws(SecretMemoryError) {
        _ = try appendUninitialized(capacity: bytes.count) { room in
            room.copyBytes(from: bytes)
            return room.count
        }
    }

    /// Lends `capacity` fresh bytes to `body`, which returns how many of them it filled.
    ///
    /// A negative result counts as zero, so a failed `read` can be passed through.
    package mutating func appendUninitialized(
        capacity: Int,
        _ body: (UnsafeMutableRawBufferPointer) -> Int
    ) throws(SecretMemoryError) -> Int {
        try reserve(capacity)
        let result = body(UnsafeMutableRawBufferPointer(rebasing: room[..<capacity]))
        claim(min(max(result, 0), capacity))
        return result
    }

    /// All the room behind the bytes, for whoever writes byte by byte; gone when the buffer changes.
    ///
    /// Nothing in it counts as written before it is claimed.
    package var room: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: mapping.base.advanced(by: count), count: mapping.size - count)
    }

    /// Counts the first `written` bytes of the room as written; the caller has written no more than there is.
    package mutating func claim(_ written: Int) {
        count = min(count + max(written, 0), mapping.size)
    }

    /// Lends the bytes written so far; neither the pointer nor a copy may escape.
    package func withExposedBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: mapping.base, count: count))
    }

    /// Lends the bytes written so far to be changed in place; neither the pointer nor a copy may escape.
    package mutating func withExposedMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeMutableRawBufferPointer(start: mapping.base, count: count))
    }

    /// Wipes and forgets everything after the first `newCount` bytes.
    package mutating func truncate(to newCount: Int) {
        guard newCount >= 0, newCount < count else { return }
        inject_secret_wipe(mapping.base.advanced(by: newCount), count - newCount)
        count = newCount
    }

    /// Wipes and forgets the first `removed` bytes and moves the rest to the front.
    package mutating func removeFirst(_ removed: Int) {
        guard removed > 0, removed <= count else { return }
        let rest = count - removed
        memmove(mapping.base, mapping.base.advanced(by: removed), rest)
        truncate(to: rest)
    }

    /// Wipes ordinary memory that a secret passed through, in a way the optimiser keeps.
    package static func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        inject_secret_wipe(base, bytes.count)
    }

    /// Ends the writing.
    package consuming func finish() -> SecretBytes {
        SecretBytes(adopting: mapping, count: count)
    }

    /// Makes room for so many bytes behind those that are written.
    package mutating func reserve(_ additional: Int) throws(SecretMemoryError) {
        let (needed, overflow) = count.addingReportingOverflow(additional)
        guard !overflow else { throw SecretMemoryError(byteCount: additional) }
        guard needed > mapping.size else { return }
        let newSize = max(needed, mapping.size * 2)
        if try mapping.grow(to: newSize) { return }
        let larger = try SecretMapping(minimumSize: newSize, isInherited: mapping.isInherited)
        larger.base.copyMemory(from: mapping.base, byteCount: count)
        mapping = larger
    }
}
