internal import Glibc

/// What lies behind a descriptor.
package struct DescriptorKind {
    private let mode: mode_t
    private let isTerminal: Bool

    /// Looks at a descriptor; one that is closed is of no kind.
    package init(_ descriptor: Int32) {
        var info = stat()
        mode = fstat(descriptor, &info) == 0 ? info.st_mode & S_IFMT : 0
        isTerminal = isatty(descriptor) == 1
    }

    /// Whether what is written to both comes together, as after `2>&1`.
    static func areSame(_ left: Int32, _ right: Int32) -> Bool {
        var (first, second) = (stat(), stat())
        guard fstat(left, &first) == 0, fstat(right, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    /// Whether another process of a pipeline is at the other end.
    var isPipe: Bool { mode == S_IFIFO || mode == S_IFSOCK }

    /// Whether somebody may read along: a pipe, a terminal, and nothing that keeps what is written.
    package var hasReader: Bool { isPipe || isTerminal }

    /// Whether a write never waits for anybody: a file, /dev/null or a device like it.
    var neverBlocks: Bool { mode == S_IFREG || mode == S_IFCHR && !isTerminal }
}
