/// Pairs of hexadecimal digits, lower and upper case.
struct HexForm: MaskForm {
    let name = "hex"

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        for digits in HexDigits.both {
            for byte in value { sink.append(digits.pair(byte)) }
            sink.end()
        }
    }
}
