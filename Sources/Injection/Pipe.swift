internal import CInjectShims
internal import Glibc

/// A pipe for one stream of the command, both ends close-on-exec; the end to read from is the relay's to close.
struct Pipe: ~Copyable {
    let readEnd: Int32
    private(set) var writeEnd: Int32

    init() throws(RunFailure) {
        var (reading, writing): (Int32, Int32) = (-1, -1)
        guard inject_pipe(&reading, &writing) else {
            throw ChildStart.failure("there is no pipe for its output", errno)
        }
        readEnd = reading
        writeEnd = writing
    }

    /// Closes the command's end in this process.
    mutating func closeWriteEnd() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }

    deinit { if writeEnd >= 0 { close(writeEnd) } }
}
