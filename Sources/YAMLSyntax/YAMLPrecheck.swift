internal import Diagnostics

/// What can be refused before the text is parsed: size, encoding, tabs.
struct YAMLPrecheck {
    let source: SourceText
    let limits: YAMLLimits

    func run() throws(Diagnostic) {
        guard source.bytes.count <= limits.bytes else {
            throw Diagnostic(
                .yamlTooLarge,
                "the file is larger than \(limits.bytes / 1024) KiB",
                at: .file(source.name),
                [.help("split it: a policy this long cannot be reviewed")]
            )
        }
        try refuseByteOrderMark()
        try refuseTabs()
        try refuseInvalidText()
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

    private func refuseInvalidText() throws(Diagnostic) {
        let isText = String(validating: source.bytes, as: UTF8.self) != nil
        guard let offset = isText ? source.bytes.firstIndex(where: Self.isControl) : 0 else { return }
        throw Diagnostic(
            .yamlEncoding,
            isText ? "a control character stands here" : "the file is not UTF-8 text",
            at: isText ? .span(SourceSpan(source, offset..<offset + 1), label: nil) : .file(source.name)
        )
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x0A && byte != 0x0D || byte == 0x7F
    }
}
