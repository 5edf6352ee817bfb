internal import Diagnostics
internal import LogMasking

/// What the command printed and inject masked: for a person, for GitHub's annotations and for a job's summary.
///
/// It names secrets and holds nothing of them.
struct LeakReport {
    /// GitHub shows so many annotations of a kind for a step and drops the others.
    private static let mostAnnotations = 10

    private struct Leak {
        /// `stdout` or `stderr`; nil where there is only one stream.
        let stream: String?
        let entry: MaskReport.Entry

        /// The name on one line: one of a values file may hold what steers a terminal.
        var name: String { entry.name.visible }
        var times: String { entry.count == 1 ? "once" : "\(entry.count) times" }

        /// `once on stdout, first in line 1, as literal`.
        var place: String {
            "\(times)\(stream.map { " on \($0)" } ?? ""), first in line \(entry.firstLine), as \(entry.form)"
        }
    }

    private let leaks: [Leak]

    /// The leaks of a command's two streams.
    init(output: MaskReport, error: MaskReport) {
        leaks = [("stdout", output), ("stderr", error)].flatMap { stream, report in
            report.entries.map { Leak(stream: stream, entry: $0) }
        }
    }

    /// The leaks of one stream.
    init(_ report: MaskReport) { leaks = report.entries.map { Leak(stream: nil, entry: $0) } }

    var isEmpty: Bool { leaks.isEmpty }

    /// A line for each secret and stream.
    var text: String { leaks.map(Self.line).joined() }

    /// The same where GitHub reads along: annotations for as many as it shows, and lines for the others.
    var annotations: String {
        let isCut = leaks.count > Self.mostAnnotations
        let shown = leaks.prefix(isCut ? Self.mostAnnotations - 1 : leaks.count)
        let rest = leaks.dropFirst(shown.count)
        let own = shown.map { Self.annotation("\($0.name) was printed \($0.place)") }
        guard isCut else { return own.joined() }
        let last = Self.annotation("\(rest.count) more secrets were printed; the log names them")
        return (own + [last] + rest.map(Self.line)).joined()
    }

    /// A section of Markdown for a job's summary.
    var summary: String {
        let rows = leaks.map { leak in
            "| \(leak.name) | \(leak.stream ?? "-") | \(leak.entry.count) | \(leak.entry.firstLine) | \(leak.entry.form) |\n"
        }
        return """
            ### Secrets masked by inject

            | secret | stream | times | first line | form |
            |---|---|---|---|---|
            \(rows.joined())

            """
    }

    private static func line(_ leak: Leak) -> String { "inject: masked \(leak.name) \(leak.place)\n" }

    private static func annotation(_ message: String) -> String {
        Diagnostic(.warning, .secretMasked, message, [.help("keep the command from printing it")]).githubAnnotation
    }
}

extension Diagnostic.ID {
    /// The command printed a secret, and nobody saw it.
    static let secretMasked = Diagnostic.ID("secret-masked")
    /// The command printed a secret, which was masked, and that is not to be.
    static let secretLeaked = Diagnostic.ID("secret-leaked")
}
