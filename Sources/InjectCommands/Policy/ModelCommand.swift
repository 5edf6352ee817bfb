internal import ArgumentParser
internal import PolicyAnalysis
internal import StrictJSON

/// `inject model`: the tokens over which assertions are proved.
struct ModelCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Lists the tokens of GitHub over which assertions are proved, with where each is known from.",
        discussion: """
            Claims that no row mentions can have any value. In doubt the model is wider than GitHub, so that a proof \
            holds and only an alarm can be false. Local environments and other issuers have no model: their tokens \
            can claim anything.
            """
    )

    @Option(help: "How the model is printed: text, or json (one object a line).")
    var format: OutputFormat?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        for row in TokenModel.github {
            surroundings.console.output(format == .json ? Self.json(row).line + "\n" : Self.text(row))
        }
        return .success
    }

    private static func text(_ row: TokenRow) -> String {
        var text = "\(row.name) (\(row.status.rawValue))\n  ref     \(row.ref)\n"
        for (index, events) in lines(row.events).enumerated() {
            text += (index == 0 ? "  events  " : "          ") + events + "\n"
        }
        if !row.remark.isEmpty { text += "  note    \(row.remark)\n" }
        return text + "  source  \(row.source)\n"
    }

    private static func lines(_ words: [String]) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.utf8.count + word.utf8.count < 100 {
                lines[lines.count - 1] = last + ", " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    private static func json(_ row: TokenRow) -> JSONWriter {
        .object([
            ("name", .string(row.name)), ("status", .string(row.status.rawValue)), ("ref", .string(row.ref)),
            ("events", .array(row.events.map(JSONWriter.string))), ("note", .string(row.remark)),
            ("source", .string(row.source)),
        ])
    }
}
