internal import CInjectShims
internal import Synchronization

/// Pieces of secret pages, for the many short values of a run and the buffers that they pass through.
///
/// A page of its own for each value costs five system calls and as many page faults. Pages are shared instead, locked and
/// left out of core dumps all the same, and stay mapped; a piece is wiped before another value gets it.
final class SecretPool: Sendable {
    /// A piece; whoever took it owns it until it is given back.
    struct Piece: Sendable {
        /// Its address; not nil.
        let address: UInt
        let size: Int
        let isLocked: Bool
    }

    /// The one of this process.
    static let shared = SecretPool()
    /// The largest piece; more than that is given back to the kernel.
    static let largest = 16 * 1024
    private static let smallest = 64
    private static let slabSize = 16 * 1024

    /// Pieces that nobody owns, by size: the smallest first, and each twice as large as the one before.
    private let free = Mutex<[[Piece]]>([])

    /// A zeroed piece of at least so many bytes; nil where the kernel gives no page.
    func take(_ minimumSize: Int) -> Piece? {
        var (size, place) = (Self.smallest, 0)
        while size < minimumSize { (size, place) = (size * 2, place + 1) }
        return free.withLock { free in
            while free.count <= place { free.append([]) }
            if free[place].isEmpty { free[place] = Self.slab(of: size) }
            return free[place].popLast()
        }
    }

    /// Wipes a piece and takes it back.
    func giveBack(_ piece: Piece) {
        guard let base = UnsafeMutableRawPointer(bitPattern: piece.address) else { return }
        inject_secret_wipe(base, piece.size)
        free.withLock { $0[(piece.size / Self.smallest).trailingZeroBitCount].append(piece) }
    }

    private static func slab(of size: Int) -> [Piece] {
        var isLocked = false
        guard let base = inject_secret_map(slabSize, false, &isLocked) else { return [] }
        let start = UInt(bitPattern: base)
        return stride(from: 0, to: slabSize, by: size).map { offset in
            Piece(address: start + UInt(offset), size: size, isLocked: isLocked)
        }
    }
}
