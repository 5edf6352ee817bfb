internal import CInjectShims
internal import Glibc

/// A pipe for one stream of the command, both ends close-on-exec.
///
/// The end to read from is the relay's to close; the command's end is closed here when the pipe goes.
struct Pipe: ~Copyable {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws(RunFailure) {
        var (reading, writing): (Int32, Int32) = (-1, -1)
        guard inject_pipe(&reading, &writing) else {
            throw ChildStart.failure("there is no pipe for its output", errno)
        }
        readEnd = reading
        writeEnd = writing
    }

    deinit { close(writeEnd) }
}
