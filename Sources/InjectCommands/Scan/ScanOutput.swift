internal import Diagnostics
internal import LogMasking
internal import PolicyLint
internal import SecretScan
internal import StrictJSON

/// Prints a search's results as they come: findings to standard output, the rest beside them.
final class ScanOutput {
    let console: Console
    let format: ScanFormat
    /// How many findings there are.
    private var count = 0
    private var isIncomplete = false

    init(console: Console, format: ScanFormat) {
        self.console = console
        self.format = format
    }

    /// Ends the output, and says what the program ends with; what could not be read outweighs what was found.
    func end() -> ExitStatus {
        if format == .github, count > AnnotationReport.maximum {
            console.output(
                "and \(count - AnnotationReport.maximum) more: `inject scan --format text` prints them all\n")
        }
        guard !isIncomplete else { return .unusable }
        return count > 0 ? .findings : .success
    }

    func take(_ result: ScanResult, of file: String) {
        switch result {
        case .unreadable(let reason): refuse(file, reason)
        case .searched(let report): for entry in report.entries { find(entry, in: file) }
        case .closed(let reason): console.remark("inject: not looked into: \(file): \(reason)\n")
        }
    }

    func refuse(_ place: String, _ reason: String) {
        refuse(Diagnostic(.scanUnreadable, "`\(place)` cannot be read: \(reason)"))
    }

    func refuse(_ diagnostic: Diagnostic) {
        isIncomplete = true
        console.report(diagnostic)
    }

    private func find(_ entry: MaskReport.Entry, in file: String) {
        count += 1
        switch format {
        case .text: console.output(Self.text(entry, file))
        case .json: console.output(Self.json(entry, file).line + "\n")
        case .github where count > AnnotationReport.maximum: break
        case .github: console.output(Self.annotation(entry, file))
        }
    }

    private static func text(_ entry: MaskReport.Entry, _ file: String) -> String {
        "\(file):\(entry.firstLine): \(sentence(entry))\n"
    }

    private static func annotation(_ entry: MaskReport.Entry, _ file: String) -> String {
        Diagnostic(.scanFinding, sentence(entry), at: .line(file: file, line: entry.firstLine)).githubAnnotation
    }

    private static func sentence(_ entry: MaskReport.Entry) -> String {
        let times = entry.count == 1 ? "once" : "\(entry.count) times"
        return "\(entry.name) \(times), first as \(entry.form)"
    }

    private static func json(_ entry: MaskReport.Entry, _ file: String) -> JSONWriter {
        .object([
            ("file", .string(file)), ("line", .integer(Int64(entry.firstLine))), ("secret", .string(entry.name)),
            ("count", .integer(Int64(entry.count))), ("form", .string(entry.form)),
        ])
    }
}

extension Diagnostic.ID {
    /// A secret stands in a file.
    static let scanFinding = Diagnostic.ID("scan-finding")
}
