/// A string: its range in the text, decoded straight into the caller's memory.
package struct JSONString: Sendable {
    /// The bytes between the quotes, escapes unresolved.
    package let range: Range<Int>
    /// How many bytes the string has once escapes are resolved.
    package let decodedCount: Int

    /// Decodes into `output`, which has room for `decodedCount` bytes, and returns that count.
    ///
    /// `text` is what the document was indexed from; another text gives meaningless bytes, but never more than fit. With too
    /// little room nothing is written and the result is 0.
    @discardableResult
    package func decode(from text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
        guard range.upperBound <= text.count, output.count >= decodedCount else { return 0 }
        // Every escape is longer than what it stands for.
        guard decodedCount < range.count else {
            output.copyBytes(from: text[range])
            return decodedCount
        }
        var cursor = JSONStringCursor(text: text, offset: range.lowerBound, end: range.upperBound)
        var written = 0
        while true {
            let start = cursor.offset
            let plain = min(cursor.skipPlain(), output.count - written)
            UnsafeMutableRawBufferPointer(rebasing: output[written...]).copyBytes(from: text[start..<start + plain])
            written += plain
            guard let unit = try? cursor.next(), written + unit.count <= output.count else { return written }
            for index in 0..<unit.count { output[written + index] = unit[index] }
            written += unit.count
        }
    }

    /// The decoded bytes, for strings that are no secret.
    package func bytes(in text: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: decodedCount) { buffer, count in
            count = decode(from: text, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
