internal import Diagnostics
internal import Secrets

/// Replaces references as Docker Compose does, in locked memory.
///
/// They are `$NAME`, `${NAME}`, `$$` for a `$`, and `${NAME:-x}`, `${NAME-x}`, `${NAME:+x}`, `${NAME+x}`, `${NAME:?x}` and
/// `${NAME?x}`, where `x` may hold references itself (compose-go, template/template.go).
///
/// Only earlier keys of the file are asked, never the process's environment: what a secret is must not depend on who reads it.
struct ComposeReferences {
    /// Deeper nesting is an error, so that no file can exhaust the stack.
    private static let deepest = 32

    let entries: [DotenvEntry]
    let source: DotenvSource
    let key: [UInt8]
    let line: Int

    func expand(_ value: SecretBytes) throws(Diagnostic) -> SecretBytes {
        guard value.withExposedBytes({ $0.contains(UInt8(ascii: "$")) }) else { return value }
        do throws(Failure) {
            return try value.withExposedBytes { bytes throws(Failure) in
                var buffer = try Self.buffer(capacity: bytes.count)
                try expand(bytes, 0, into: &buffer)
                return buffer.finish()
            }
        } catch {
            guard case .text(let message) = error else { throw source.noMemory }
            let help = "put the value in single quotes to keep it as it is"
            throw source.failure(message, key: key, line: line, help: help)
        }
    }

    private enum Failure: Error {
        case memory
        case text(String)
    }

    private func expand(
        _ bytes: UnsafeRawBufferPointer,
        _ depth: Int,
        into buffer: inout SecretBuffer
    ) throws(Failure) {
        guard depth < Self.deepest else { throw .text("the value nests references too deep") }
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
            let nameEnd = Self.endOfName(from: offset + 1, bytes)
            if byte == UInt8(ascii: "$"), next == UInt8(ascii: "{") {
                offset = try expandBraced(at: offset, bytes, depth, into: &buffer)
            } else if byte == UInt8(ascii: "$"), nameEnd > offset + 1 {
                try append(value(of: bytes[offset + 1..<nameEnd]), to: &buffer)
                offset = nameEnd
            } else {
                try append(UnsafeRawBufferPointer(rebasing: bytes[offset...offset]), to: &buffer)
                offset += byte == UInt8(ascii: "$") && next == byte ? 2 : 1
            }
        }
    }

    /// Appends what a reference in braces stands for and returns where it ends.
    private func expandBraced(
        at start: Int,
        _ bytes: UnsafeRawBufferPointer,
        _ depth: Int,
        into buffer: inout SecretBuffer
    ) throws(Failure) -> Int {
        let nameEnd = Self.endOfName(from: start + 2, bytes)
        guard nameEnd > start + 2, nameEnd < bytes.count else { throw Self.malformed }
        let known = value(of: bytes[start + 2..<nameEnd])
        guard bytes[nameEnd] != UInt8(ascii: "}") else {
            try append(known, to: &buffer)
            return nameEnd + 1
        }
        let hasColon = bytes[nameEnd] == UInt8(ascii: ":")
        let place = hasColon ? nameEnd + 1 : nameEnd
        guard place < bytes.count, Self.operators.contains(bytes[place]),
            let close = Self.closingBrace(of: start, from: place + 1, bytes)
        else { throw Self.malformed }
        let word = UnsafeRawBufferPointer(rebasing: bytes[place + 1..<close])
        let isSet = known.map { !hasColon || !$0.isEmpty } ?? false
        switch bytes[place] {
        case UInt8(ascii: "-") where !isSet: try expand(word, depth + 1, into: &buffer)
        case UInt8(ascii: "+") where isSet: try expand(word, depth + 1, into: &buffer)
        case UInt8(ascii: "?") where !isSet: throw .text("a reference that needs a value has none")
        default: try append(known, to: &buffer)
        }
        return close + 1
    }

    /// The brace that balances the one behind `start`, or else the last of the line.
    ///
    /// As in compose-go, the byte behind an opening brace is never looked at.
    private static func closingBrace(of start: Int, from first: Int, _ bytes: UnsafeRawBufferPointer) -> Int? {
        guard first <= bytes.count else { return nil }
        let endOfLine = bytes[first...].firstIndex(of: 0x0A) ?? bytes.count
        guard let last = bytes[first..<endOfLine].lastIndex(of: UInt8(ascii: "}")) else { return nil }
        var open = 0
        var offset = start
        while offset <= last {
            if bytes[offset] == UInt8(ascii: "}") {
                open -= 1
                if open == 0 { return offset }
            } else if bytes[offset] == UInt8(ascii: "{") {
                open += 1
                offset += 1
            }
            offset += 1
        }
        return last
    }

    private static let operators = [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "?")]
    private static let malformed = Failure.text("the value holds a reference that Compose cannot read")

    private func value(of name: Slice<UnsafeRawBufferPointer>) -> SecretBytes? {
        entries.last { $0.key.elementsEqual(name) }?.value
    }

    // MARK: - Memory

    private static func buffer(capacity: Int) throws(Failure) -> SecretBuffer {
        do { return try SecretBuffer(capacity: capacity) } catch { throw .memory }
    }

    private func append(_ value: SecretBytes?, to buffer: inout SecretBuffer) throws(Failure) {
        guard let value else { return }
        do {
            try value.withExposedBytes { bytes throws(SecretMemoryError) in try buffer.append(bytes) }
        } catch {
            throw .memory
        }
    }

    private func append(_ bytes: UnsafeRawBufferPointer, to buffer: inout SecretBuffer) throws(Failure) {
        do { try buffer.append(bytes) } catch { throw .memory }
    }

    private static func endOfName(from start: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            let isDigit = (0x30...0x39).contains(byte)
            guard (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || isDigit && end > start else { break }
            end += 1
        }
        return end
    }
}
