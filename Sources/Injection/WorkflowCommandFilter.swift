/// Takes the meaning from what GitHub's runner would read as a command in a program's output.
///
/// The runner obeys `::name …::` at the start of a line, white space before it or not, and `##[name …]` anywhere in one.
/// A space between their first characters leaves them readable and makes them text. Nothing is held back, and the
/// output does not depend on how the input is cut.
///
/// Source: actions/runner, `src/Runner.Common/ActionCommand.cs`.
struct WorkflowCommandFilter {
    private enum Position {
        /// Nothing but white space since the line began.
        case start
        /// One colon besides.
        case colon
        /// Something else.
        case inside
    }

    private var position = Position.start
    private var hashCount = 0

    /// Appends what is left of some bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count)
        for byte in bytes {
            if splits(before: byte) { output.append(UInt8(ascii: " ")) }
            output.append(byte)
            advance(over: byte)
        }
    }

    private func splits(before byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"): position == .colon
        case UInt8(ascii: "["): hashCount >= 2
        default: false
        }
    }

    private mutating func advance(over byte: UInt8) {
        hashCount = byte == UInt8(ascii: "#") ? min(hashCount + 1, 2) : 0
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            position = .start
        } else if position == .start {
            position = byte == UInt8(ascii: ":") ? .colon : Self.mayBeSpace(byte) ? .start : .inside
        } else {
            position = .inside
        }
    }

    /// The runner passes over Unicode's white space, too, so a byte of any longer character counts as such.
    private static func mayBeSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x7F }
}
