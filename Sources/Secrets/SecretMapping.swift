internal import CInjectShims

/// Private memory that is left out of core dumps and forked processes, locked where the kernel allows, and wiped before it
/// is given back: a piece of shared pages where it is small, or else pages of its own.
final class SecretMapping {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var size: Int
    let isLocked: Bool
    let isInherited: Bool
    private let piece: SecretPool.Piece?

    /// Takes at least `minimumSize` bytes, zeroed; a forked process has them only where they are inherited.
    init(minimumSize: Int, isInherited: Bool) throws(SecretMemoryError) {
        self.isInherited = isInherited
        if !isInherited, minimumSize <= SecretPool.largest, let piece = SecretPool.shared.take(minimumSize),
            let base = UnsafeMutableRawPointer(bitPattern: piece.address)
        {
            self.piece = piece
            (self.base, size, isLocked) = (base, piece.size, piece.isLocked)
            return
        }
        size = try Self.paged(minimumSize)
        var locked = false
        guard let memory = inject_secret_map(size, isInherited, &locked) else {
            throw SecretMemoryError(byteCount: minimumSize)
        }
        base = memory
        isLocked = locked
        piece = nil
    }

    /// Makes pages of its own larger, perhaps elsewhere, without a copy of them; false where that takes other pages.
    func grow(to minimumSize: Int) throws(SecretMemoryError) -> Bool {
        let newSize = try Self.paged(minimumSize)
        guard piece == nil, let grown = inject_secret_grow(base, size, newSize) else { return false }
        (base, size) = (grown, newSize)
        return true
    }

    /// A size in whole pages, at least one.
    private static func paged(_ minimumSize: Int) throws(SecretMemoryError) -> Int {
        let page = 4096
        let (padded, overflow) = max(minimumSize, 1).addingReportingOverflow(page - 1)
        guard !overflow else { throw SecretMemoryError(byteCount: minimumSize) }
        return padded / page * page
    }

    deinit {
        if let piece { SecretPool.shared.giveBack(piece) } else { inject_secret_unmap(base, size) }
    }
}
