internal import Diagnostics
internal import Glibc
internal import Injection

/// Standard output for results and standard error for everything that is said beside them.
struct Console: Sendable {
    /// Whether standard error may carry diagnostics as GitHub annotations beside the text.
    let isGitHub: Bool
    /// What standard output did not take.
    let lost = LostOutput()

    /// Writes a result; a reader that has gone away ends the program as a pipeline's writer ends.
    func output(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// Writes bytes of a result.
    func output(_ bytes: UnsafeRawBufferPointer) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// Writes the bytes of a result that lie in several places, at most IOV_MAX.
    func output(_ pieces: [iovec]) {
        var rest = pieces[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBufferPointer { writev(STDOUT_FILENO, $0.baseAddress, Int32($0.count)) }
            if written > 0 {
                Self.drop(written, of: &rest)
            } else if !isWorthAnotherTry(STDOUT_FILENO) {
                return
            }
        }
    }

    private static func drop(_ count: Int, of pieces: inout ArraySlice<iovec>) {
        var count = count
        while let piece = pieces.first, count >= piece.iov_len {
            count -= piece.iov_len
            pieces.removeFirst()
        }
        guard count > 0, let piece = pieces.first else { return }
        pieces[pieces.startIndex] = iovec(iov_base: piece.iov_base + count, iov_len: piece.iov_len - count)
    }

    /// Says something beside the result.
    func remark(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    /// Says bytes beside the result.
    func remark(_ bytes: UnsafeRawBufferPointer) {
        write(bytes, to: STDERR_FILENO)
    }

    /// Says bytes to GitHub's runner; returns 0, or why they did not get out.
    ///
    /// It reads both streams, each through a pipe of its own, so they go before the result where anybody reads that. A
    /// file or /dev/null would keep them from the runner, and the file would hold them.
    func tellRunner(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        write(bytes, to: DescriptorKind(STDOUT_FILENO).hasReader ? STDOUT_FILENO : STDERR_FILENO)
    }

    /// Says what is wrong.
    func report(_ diagnostic: Diagnostic) {
        remark(diagnostic.text)
    }

    private func write(_ text: String, to descriptor: Int32) {
        var text = text
        _ = text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    /// Returns 0, or why the rest is lost.
    @discardableResult
    private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafeWrite(descriptor, rest)
            let failure = errno
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if !isWorthAnotherTry(descriptor) {
                return failure
            }
        }
        return 0
    }

    private func unsafeWrite(_ descriptor: Int32, _ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        let buffer = UnsafeRawBufferPointer(rebasing: bytes)
        return Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    }

    /// Waits where the descriptor is only full: a CI may hand us one that does not block.
    private func isWorthAnotherTry(_ descriptor: Int32) -> Bool {
        guard errno == EAGAIN || errno == EINTR else {
            if descriptor == STDOUT_FILENO { lost.note(errno) }
            return false
        }
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wanted, 1, -1)
        return true
    }
}
