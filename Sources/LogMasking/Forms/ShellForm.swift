/// The inside of a shell word: spliced single quotes, double quotes, backslashes and `$'…'`, as `set -x`, `printf %q` and
/// quoting libraries write them.
struct ShellForm: MaskForm {
    let name = "shell"

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        for splice in [#"'\''"#, #"'"'"'"#] {
            for byte in value { sink.append(byte == 0x27 ? Array(splice.utf8) : [byte]) }
            sink.end()
        }
        for special in [#"\"$`"#, #"\"$`!"#] {
            let special = Set(special.utf8)
            for byte in value { sink.append(special.contains(byte) ? [0x5C, byte] : [byte]) }
            sink.end()
        }
        addBackslashed(value, to: sink)
        addANSI(value, to: sink)
    }

    /// `printf %q` of bash, where there is nothing to print as `$'…'`.
    private func addBackslashed(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        for comma in [",", ""] {
            let special = Set(##" !"$&'()*;<>?[\]^`{|}"##.utf8).union(comma.utf8)
            for (index, byte) in value.enumerated() {
                let isFirst = index == 0 && (byte == UInt8(ascii: "#") || byte == UInt8(ascii: "~"))
                sink.append(special.contains(byte) || isFirst ? [0x5C, byte] : [byte])
            }
            sink.end()
        }
    }

    private func addANSI(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        for byte in value {
            switch byte {
            case 0x07: sink.append(Array(#"\a"#.utf8))
            case 0x08: sink.append(Array(#"\b"#.utf8))
            case 0x09: sink.append(Array(#"\t"#.utf8))
            case 0x0A: sink.append(Array(#"\n"#.utf8))
            case 0x0B: sink.append(Array(#"\v"#.utf8))
            case 0x0C: sink.append(Array(#"\f"#.utf8))
            case 0x0D: sink.append(Array(#"\r"#.utf8))
            case 0x1B: sink.append(Array(#"\E"#.utf8))
            case 0x27, 0x5C: sink.append([0x5C, byte])
            case 0..<0x20, 0x7F: sink.append(Array("\\".utf8) + octal(byte))
            default: sink.append(byte)
            }
        }
        sink.end()
    }

    private func octal(_ byte: UInt8) -> [UInt8] { [0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)] }
}
