internal import Diagnostics

/// What can be refused before the text is parsed: size, encoding, tabs.
struct YAMLPrecheck {
    let source: SourceText
    let limits: YAMLLimits

    func run() throws(Diagnostic) {
        try refuseLength("policy")
        try refuseByteOrderMark()
        try refuseTabs()
        try refuseText { scalar, offset in UnseenCharacter.contains(scalar) && !isLineBreak(scalar, at: offset) }
    }

    /// What libyaml cannot take, with a place: it names none for what is no text.
    func runLeniently() throws(Diagnostic) {
        try refuseLength("file")
        try refuseText { scalar, _ in !Self.isPrintable(scalar) }
    }

    private func refuseLength(_ kind: String) throws(Diagnostic) {
        guard source.bytes.count > limits.bytes else { return }
        throw Diagnostic(
            .yamlTooLarge,
            "the file is larger than \(limits.bytes / 1024) KiB",
            at: .file(source.name),
            [.help("split it: a \(kind) this long cannot be reviewed")]
        )
    }

    private func refuseByteOrderMark() throws(Diagnostic) {
        guard source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        throw Diagnostic(
            .yamlByteOrderMark,
            "the file starts with a byte-order mark",
            at: .file(source.name),
            [.help("save it as UTF-8 without a byte-order mark")]
        )
    }

    private func refuseTabs() throws(Diagnostic) {
        guard let offset = source.bytes.firstIndex(of: UInt8(ascii: "\t")) else { return }
        throw Diagnostic(
            .yamlTab,
            "a tab stands here, and tabs look like any number of spaces",
            at: .span(SourceSpan(source, offset..<offset + 1), label: "tab"),
            [.help("indent with spaces")]
        )
    }

    private func refuseText(where isUnseen: (Unicode.Scalar, Int) -> Bool) throws(Diagnostic) {
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = source.bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &bytes) {
            case .emptyInput: return
            case .error(let length): throw notText(offset..<offset + length)
            case .valid(let encoded):
                let scalar = UTF8.decode(encoded)
                guard !isUnseen(scalar, offset) else { throw unseen(scalar, offset..<offset + encoded.count) }
                offset += encoded.count
            }
        }
    }

    private func notText(_ range: Range<Int>) -> Diagnostic {
        Diagnostic(
            .yamlEncoding,
            "the file is not UTF-8 text",
            at: .span(SourceSpan(source, range), label: nil),
            [.help("save it as UTF-8")]
        )
    }

    /// YAML 1.1 breaks lines at characters where YAML 1.2 and editors do not, so a comment could hide a grant.
    private func unseen(_ scalar: Unicode.Scalar, _ range: Range<Int>) -> Diagnostic {
        Diagnostic(
            .yamlEncoding,
            "the character \(UnseenCharacter.name(of: scalar)) stands here, and nobody who reviews the file sees it",
            at: .span(SourceSpan(source, range), label: nil),
            [.help("remove it")]
        )
    }

    private func isLineBreak(_ scalar: Unicode.Scalar, at offset: Int) -> Bool {
        scalar == "\n" || scalar == "\r" && source.bytes[(offset + 1)...].first == UInt8(ascii: "\n")
    }

    /// What YAML 1.1 counts as printable.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        default: scalar.value >= 0x10000
        }
    }
}
