/// Each line of a multi-line value, and each without the white space around it: logs indent and prefix lines.
struct LineForm: MaskForm {
    let name = "line"

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        let lines = Self.lines(of: value)
        guard lines.count > 1 else { return }
        for line in lines {
            sink.append(value[line])
            sink.end()
            sink.append(value[Self.trimmed(line, of: value)])
            sink.end()
        }
    }

    /// The ranges between line breaks: LF, CRLF and CR.
    static func lines(of value: UnsafeRawBufferPointer) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var offset = 0
        while offset < value.count {
            let byte = value[offset]
            offset += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            lines.append(start..<offset - 1)
            if byte == 0x0D, offset < value.count, value[offset] == 0x0A { offset += 1 }
            start = offset
        }
        lines.append(start..<value.count)
        return lines
    }

    private static func trimmed(_ line: Range<Int>, of value: UnsafeRawBufferPointer) -> Range<Int> {
        let isSpace = { (offset: Int) in value[offset] == 0x20 || value[offset] == 0x09 }
        var range = line
        while let first = range.first, isSpace(first) { range = range.dropFirst() }
        while let last = range.last, isSpace(last) { range = range.dropLast() }
        return range
    }
}
