package import Diagnostics
package import Secrets

/// A file of AWS's own tools: sections of `name = value` lines, as botocore reads them.
///
/// Values are found and not copied: those of the credentials file are secret. Comments fill a line of their own, and an
/// indented line continues the value above it.
package struct INIFile: Sendable {
    /// A line `name = value`.
    struct Entry: Sendable {
        let name: String
        let value: Range<Int>
        let line: Int
        var isContinued = false
    }

    /// A section and its entries.
    struct Section: Sendable {
        let header: String
        let line: Int
        var entries: [Entry] = []
    }

    /// The file's name, for messages.
    package let name: String
    private(set) var sections: [Section] = []
    private let text: SecretBytes

    /// Reads a file's content.
    ///
    /// - Throws: the line that is not one of the format; never what stands in it.
    package init(_ text: SecretBytes, name: String) throws(Diagnostic) {
        self.text = text
        self.name = name
        let lines = text.withExposedBytes { Self.lines(of: $0) }
        var indent = 0
        for (index, range) in lines.enumerated() {
            let line = text.withExposedBytes { INILine($0, range) }
            switch line.kind {
            case .blank, .comment: continue
            // Whatever it looks like: taken for a setting, it could start a program that no other tool would.
            case _ where isContinuation(line.indent, of: indent): markContinued()
            case .section(let header):
                try append(section: header, line: index + 1)
            case .entry(let name, let value):
                try append(Entry(name: name, value: value, line: index + 1))
                indent = line.indent
            case .other: throw malformed(index + 1, "is neither a section nor `name = value`")
            }
        }
    }

    /// A value that is no secret.
    func text(of entry: Entry) -> String {
        text.withExposedBytes { String(decoding: $0[entry.value], as: UTF8.self) }
    }

    /// A value that is secret.
    func secret(of entry: Entry) throws(Diagnostic) -> SecretBytes {
        do {
            return try text.withExposedBytes { (bytes) throws(SecretMemoryError) in
                try SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[entry.value]))
            }
        } catch {
            throw Diagnostic(.awsCredentialsUnusable, "there is no memory for credentials")
        }
    }

    private func isContinuation(_ indent: Int, of entry: Int) -> Bool {
        indent > entry && sections.last?.entries.isEmpty == false
    }

    private mutating func markContinued() {
        guard let section = sections.indices.last, let entry = sections[section].entries.indices.last else { return }
        sections[section].entries[entry].isContinued = true
    }

    private mutating func append(section header: String, line: Int) throws(Diagnostic) {
        guard !sections.contains(where: { $0.header.utf8.elementsEqual(header.utf8) }) else {
            throw malformed(line, "repeats a section")
        }
        sections.append(Section(header: header, line: line))
    }

    private mutating func append(_ entry: Entry) throws(Diagnostic) {
        guard let section = sections.indices.last else {
            throw malformed(entry.line, "stands before the first section")
        }
        guard !sections[section].entries.contains(where: { $0.name.utf8.elementsEqual(entry.name.utf8) }) else {
            throw malformed(entry.line, "repeats a name of its section")
        }
        sections[section].entries.append(entry)
    }

    private func malformed(_ line: Int, _ reason: String) -> Diagnostic {
        Diagnostic(
            .awsConfigMalformed, "a line of AWS's configuration \(reason)",
            at: .line(file: name, line: line),
            [.help("AWS's own tools refuse the whole file, too; mend the line")]
        )
    }

    private static func lines(of text: UnsafeRawBufferPointer) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for index in text.indices where text[index] == UInt8(ascii: "\n") {
            lines.append(start..<index)
            start = index + 1
        }
        if start < text.count { lines.append(start..<text.count) }
        return lines
    }
}

extension Diagnostic.ID {
    /// A file of AWS's tools cannot be read as one.
    package static let awsConfigMalformed = Diagnostic.ID("aws-config-malformed")
}
