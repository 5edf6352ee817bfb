internal import CInjectShims
internal import Glibc

/// One of inject's own streams, written to without ever waiting in `write`.
final class RelayTarget {
    /// What to write to and to wait for.
    let descriptor: Int32
    /// Whether a write may be tried before poll has said that there is room.
    let neverBlocks: Bool
    private let isOwned: Bool
    private let portion: Int

    /// Stands for `descriptor`, which stays open and as it is for everybody who shares it.
    init(_ descriptor: Int32) {
        let reopened = inject_open_without_blocking(descriptor)
        isOwned = reopened >= 0
        self.descriptor = isOwned ? reopened : descriptor
        neverBlocks = isOwned || DescriptorKind(descriptor).neverBlocks
        // POLLOUT promises a pipe's writer space for PIPE_BUF bytes (pipe(7)); more could block.
        portion = neverBlocks ? .max : 4096
    }

    deinit { if isOwned { close(descriptor) } }

    /// Writes some of the bytes; a negative result sets errno.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, portion))
    }
}
