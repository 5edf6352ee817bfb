import Glibc
import Secrets

/// The end of the output that may still become a secret, in secret pages of a fixed size.
struct HeldTail: ~Copyable {
    private var pages: SecretBuffer
    private var start = 0
    private(set) var count = 0

    /// Makes room for `limit` bytes and as many behind them.
    init(limit: Int) throws(SecretMemoryError) {
        let capacity = max(3 * limit, 1)
        var pages = try SecretBuffer(capacity: capacity)
        _ = try pages.appendUninitialized(capacity: capacity) { $0.count }
        self.pages = pages
    }

    /// Moves the bytes to a larger place where `limit` bytes would not fit.
    mutating func makeRoom(for limit: Int) throws(SecretMemoryError) {
        guard 3 * limit > pages.count else { return }
        var larger = try HeldTail(limit: limit)
        pages.withExposedBytes {
            larger.keep(count, of: UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
        }
        self = larger
    }

    /// Lends the bytes held with a copy of `next` behind them, and how many are held; without any held, nothing.
    mutating func withBytes(
        followedBy next: Slice<UnsafeRawBufferPointer>,
        _ body: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        guard count > 0 else { return body(UnsafeRawBufferPointer(start: nil, count: 0), 0) }
        let (start, end) = (start, start + count)
        pages.withExposedMutableBytes { memory in
            let seam = UnsafeMutableRawBufferPointer(rebasing: memory[start..<end + next.count])
            UnsafeMutableRawBufferPointer(rebasing: seam[(end - start)...]).copyBytes(from: next)
            body(UnsafeRawBufferPointer(seam), end - start)
            memset(memory.baseAddress.unsafelyUnwrapped + end, 0, next.count)
        }
    }

    /// Holds the last `newCount` bytes of what is held followed by `input`, and wipes the others.
    mutating func keep(_ newCount: Int, of input: UnsafeRawBufferPointer) {
        let old = min(max(newCount - input.count, 0), count)
        let new = newCount - old
        let (from, size) = (start, count)
        // The last third stays free for what follows what is held.
        let to = old == 0 || from + size - old + newCount > pages.count / 3 * 2 ? 0 : from + size - old
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
