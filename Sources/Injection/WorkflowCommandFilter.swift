/// Takes the meaning from what GitHub's runner would read as a command in a program's output.
///
/// The runner obeys `::name …::` at the start of a line, white space before it or not, and `##[name …]` anywhere in one.
/// A space between their first characters leaves them readable and makes them text. `::add-mask::` stays a command: it
/// can only hide more, and its text would be the value in clear. What may become it waits from its second colon on;
/// nothing else is held back, and the output does not depend on how the input is cut.
///
/// Source: actions/runner, `src/Runner.Common/ActionCommand.cs`: brackets are looked for only in a line that is no
/// `::name …::`.
struct WorkflowCommandFilter {
    private enum Position {
        /// Nothing but white space since the line began.
        case start
        /// One colon besides, and what waits.
        case colon
        /// The value of a mask.
        case mask
        /// Something else.
        case inside
    }

    /// The one command that passes, behind its first colon.
    private static let mask = Array(":add-mask::".utf8)

    private var position = Position.start
    private var hashCount = 0
    /// How many bytes of `mask` wait.
    private var waiting = 0
    /// Whether the line begins with white space for sure: not behind what others wrote before the first line, nor with a
    /// longer character that may be none.
    private var isCertain = false

    /// Appends what is left of some bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count)
        for byte in bytes where !waits(byte, &output) {
            if splits(before: byte) { output.append(UInt8(ascii: " ")) }
            output.append(byte)
            advance(over: byte)
        }
    }

    /// Appends what still waits: nothing follows that would make it a command.
    mutating func finish(_ output: inout [UInt8]) {
        guard waiting > 0 else { return }
        output.append(UInt8(ascii: " "))
        output += Self.mask.prefix(waiting)
        (position, waiting) = (.inside, 0)
    }

    private mutating func waits(_ byte: UInt8, _ output: inout [UInt8]) -> Bool {
        guard position == .colon else { return false }
        guard byte == Self.mask[waiting] else {
            finish(&output)
            return false
        }
        waiting += 1
        if waiting == Self.mask.count {
            output += Self.mask
            (position, waiting) = (isCertain ? .mask : .inside, 0)
        }
        return true
    }

    private func splits(before byte: UInt8) -> Bool {
        byte == UInt8(ascii: "[") && hashCount >= 2 && position != .mask
    }

    private mutating func advance(over byte: UInt8) {
        hashCount = byte == UInt8(ascii: "#") ? min(hashCount + 1, 2) : 0
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            (position, isCertain) = (.start, true)
        } else if position == .start {
            position = byte == UInt8(ascii: ":") ? .colon : Self.mayBeSpace(byte) ? .start : .inside
            if position == .start && !Self.isSpace(byte) { isCertain = false }
        } else if position != .mask {
            position = .inside
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The runner passes over Unicode's white space, too, so a byte of any longer character counts as such.
    private static func mayBeSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x7F }
}
