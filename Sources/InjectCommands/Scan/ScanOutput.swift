internal import Diagnostics
internal import LogMasking
internal import SecretScan
internal import StrictJSON

/// Prints a search's results as they come: findings to standard output, the rest beside them.
struct ScanOutput {
    let console: Console
    let format: OutputFormat
    private var hasFindings = false
    private var isIncomplete = false

    init(console: Console, format: OutputFormat) {
        self.console = console
        self.format = format
    }

    /// What the program ends with; what could not be read outweighs what was found.
    var status: ExitStatus {
        guard !isIncomplete else { return .unusable }
        return hasFindings ? .findings : .success
    }

    mutating func take(_ result: ScanResult, of file: String) {
        switch result {
        case .unreadable(let reason): refuse(file, reason)
        case .searched(let report, let sealed):
            for entry in report.entries { find(entry, in: file) }
            if let sealed { remark(sealed, file) }
        }
    }

    mutating func refuse(_ place: String, _ reason: String) {
        isIncomplete = true
        console.report(Diagnostic(.scanUnreadable, "`\(place)` cannot be read: \(reason)"))
    }

    private mutating func find(_ entry: MaskReport.Entry, in file: String) {
        hasFindings = true
        switch format {
        case .text: console.output(Self.text(entry, file))
        case .json: console.output(Self.json(entry, file).line + "\n")
        }
    }

    private func remark(_ sealed: SealedFormat, _ file: String) {
        console.remark("inject: not looked into: \(file): its members are compressed (\(sealed.rawValue))\n")
    }

    private static func text(_ entry: MaskReport.Entry, _ file: String) -> String {
        let times = entry.count == 1 ? "once" : "\(entry.count) times"
        return "\(file):\(entry.firstLine): \(entry.name) \(times), first as \(entry.form)\n"
    }

    private static func json(_ entry: MaskReport.Entry, _ file: String) -> JSONWriter {
        .object([
            ("file", .string(file)), ("line", .integer(Int64(entry.firstLine))), ("secret", .string(entry.name)),
            ("count", .integer(Int64(entry.count))), ("form", .string(entry.form)),
        ])
    }
}
