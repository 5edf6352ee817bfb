internal import Diagnostics
internal import Secrets

/// Replaces references to earlier keys of the file, in locked memory.
///
/// Only the file is asked, never the process's environment: what a secret is must not depend on who reads it.
struct DotenvExpansion {
    /// Whose references.
    enum Style {
        /// `${NAME}` and `${NAME:-default}`.
        case python
        /// Those, `${NAME-default}`, `$NAME`, and `$$` for a `$`.
        case compose
    }

    let entries: [DotenvEntry]
    let style: Style

    func expand(_ entry: DotenvEntry, in source: DotenvSource) throws(Diagnostic) -> DotenvEntry {
        DotenvEntry(key: entry.key, value: try expand(entry.value, in: source), line: entry.line)
    }

    func expand(_ value: SecretBytes, in source: DotenvSource) throws(Diagnostic) -> SecretBytes {
        guard value.withExposedBytes({ $0.contains(UInt8(ascii: "$")) }) else { return value }
        do {
            var buffer = try SecretBuffer(capacity: value.count)
            try value.withExposedBytes { bytes throws(SecretMemoryError) in
                var offset = 0
                while offset < bytes.count {
                    let used = try replace(at: offset, bytes, &buffer)
                    if used == 0 { try buffer.append(bytes[offset]) }
                    offset += max(used, 1)
                }
            }
            return buffer.finish()
        } catch {
            throw source.noMemory
        }
    }

    /// Appends what a reference stands for and returns its length, or 0 where none starts.
    private func replace(
        at start: Int,
        _ bytes: UnsafeRawBufferPointer,
        _ buffer: inout SecretBuffer
    ) throws(SecretMemoryError) -> Int {
        guard bytes[start] == UInt8(ascii: "$"), start + 1 < bytes.count else { return 0 }
        let next = bytes[start + 1]
        if next == UInt8(ascii: "{") { return try replaceBraced(at: start, bytes, &buffer) }
        guard style == .compose else { return 0 }
        if next == UInt8(ascii: "$") {
            try buffer.append(next)
            return 2
        }
        let end = Self.endOfName(from: start + 1, bytes)
        guard end > start + 1 else { return 0 }
        try append(bytes[start + 1..<end], or: nil, to: &buffer)
        return end - start
    }

    private func replaceBraced(
        at start: Int,
        _ bytes: UnsafeRawBufferPointer,
        _ buffer: inout SecretBuffer
    ) throws(SecretMemoryError) -> Int {
        guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else { return 0 }
        let inside = bytes[start + 2..<close]
        let dash = inside.firstIndex(of: UInt8(ascii: "-"))
        let hasColon = dash.map { $0 > inside.startIndex && bytes[$0 - 1] == UInt8(ascii: ":") } ?? false
        let isDefault = dash != nil && (hasColon || style == .compose)
        let end = isDefault ? (dash ?? close) - (hasColon ? 1 : 0) : close
        let fallback = isDefault ? dash.map { bytes[($0 + 1)..<close] } : nil
        try append(
            bytes[inside.startIndex..<end], or: fallback, to: &buffer, replacingEmpty: hasColon && style == .compose)
        return close + 1 - start
    }

    private func append(
        _ name: Slice<UnsafeRawBufferPointer>,
        or fallback: Slice<UnsafeRawBufferPointer>?,
        to buffer: inout SecretBuffer,
        replacingEmpty: Bool = false
    ) throws(SecretMemoryError) {
        let known = entries.last { $0.key.elementsEqual(name) }
        if let known, !(replacingEmpty && known.value.isEmpty) {
            try known.value.withExposedBytes { bytes throws(SecretMemoryError) in try buffer.append(bytes) }
        } else if let fallback {
            try buffer.append(UnsafeRawBufferPointer(rebasing: fallback))
        }
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
