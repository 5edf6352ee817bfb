import Glibc
import Secrets

/// The end of the output that may still become a secret, in secret pages of a fixed size.
struct HeldTail: ~Copyable {
    private var pages: SecretBuffer
    private var start = 0
    private(set) var count = 0

    /// Makes room for `limit` bytes: twice as much, so that bytes rarely move.
    init(limit: Int) throws(SecretMemoryError) {
        let capacity = max(2 * limit, 1)
        var pages = try SecretBuffer(capacity: capacity)
        _ = try pages.appendUninitialized(capacity: capacity) { $0.count }
        self.pages = pages
    }

    /// Whether `limit` bytes can be held.
    func hasRoom(for limit: Int) -> Bool { 2 * limit <= pages.count }

    /// The same bytes with room for `limit`, which is not less than before.
    func moved(toLimit limit: Int) throws(SecretMemoryError) -> HeldTail {
        var larger = try HeldTail(limit: limit)
        withBytes { larger.keep($0.count, of: $0) }
        return larger
    }

    /// Lends the bytes held.
    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        pages.withExposedBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
    }

    /// Holds the last `newCount` bytes of what is held followed by `input`, and wipes the others.
    mutating func keep(_ newCount: Int, of input: UnsafeRawBufferPointer) {
        let old = min(max(newCount - input.count, 0), count)
        let new = newCount - old
        let (from, size) = (start, count)
        let to = old == 0 || from + size - old + newCount > pages.count ? 0 : from + size - old
        pages.withExposedMutableBytes { memory in
            guard let base = memory.baseAddress else { return }
            memmove(base + to, base + from + size - old, old)
            if new > 0, let source = input.baseAddress { memcpy(base + to + old, source + input.count - new, new) }
            for index in from..<max(from, min(to, from + size)) { memory[index] = 0 }
            for index in max(from, to + newCount)..<max(from + size, to + newCount) { memory[index] = 0 }
        }
        (start, count) = (to, newCount)
    }
}
