/// The value as it is, and with the line breaks a terminal or a Windows tool gives it.
struct LiteralForm: MaskForm {
    let name = "literal"

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        sink.append(value)
        sink.end()
        guard value.contains(0x0A) || value.contains(0x0D) else { return }
        for lineBreak in [[0x0A], [0x0D, 0x0A], [0x0D]] as [[UInt8]] {
            for line in LineForm.lines(of: value).enumerated() {
                if line.offset > 0 { sink.append(lineBreak) }
                sink.append(value[line.element])
            }
            sink.end()
        }
    }
}
