internal import Glibc
internal import Secrets

/// Pieces of output that go out with one call: those that lie in the input as they are, the others copied.
///
/// A masker lets out what it held back apart from what follows it. A call for each would double the calls, and leave
/// every page of the reader's pipe filled in part.
struct GatheredOutput: ~Copyable {
    private static let copiedLimit = 4096
    /// IOV_MAX of Linux (readv(2)).
    private static let pieceLimit = 1024

    private let console: Console
    private var pieces: [iovec] = []
    private var copies: SecretBuffer

    init(_ console: Console) throws(SecretMemoryError) {
        self.console = console
        copies = try SecretBuffer(capacity: Self.copiedLimit)
        pieces.reserveCapacity(Self.pieceLimit)
    }

    /// Adds a piece, whose bytes stay what they are until the next `flush` where they lie in `input`.
    mutating func append(_ piece: UnsafeRawBufferPointer, of input: UnsafeRawBufferPointer) {
        guard let start = piece.baseAddress, let first = input.baseAddress, !piece.isEmpty else { return }
        if pieces.count == Self.pieceLimit { flush() }
        if start >= first && start < first + input.count { return add(start, piece.count) }
        if copies.count + piece.count > Self.copiedLimit { flush() }
        if piece.count > Self.copiedLimit { return console.output(piece) }
        let count = try? copies.appendUninitialized(capacity: piece.count) { room in
            room.copyMemory(from: piece)
            return piece.count
        }
        guard count != nil else { return }
        // The copies do not move: they never outgrow the room they were made with.
        let copied = copies.withExposedBytes { $0.baseAddress.map { $0 + (copies.count - piece.count) } }
        if let copied { add(copied, piece.count) }
    }

    /// Writes everything.
    mutating func flush() {
        console.output(pieces)
        pieces.removeAll(keepingCapacity: true)
        copies.truncate(to: 0)
    }

    private mutating func add(_ start: UnsafeRawPointer, _ count: Int) {
        pieces.append(iovec(iov_base: UnsafeMutableRawPointer(mutating: start), iov_len: count))
    }
}
