internal import Diagnostics
internal import Secrets

extension ChildProgram {
    /// Warnings about arguments that name an injected variable where no shell will expand it.
    func hints(about secrets: [InjectedSecret]) -> [Diagnostic] {
        guard case .arguments(let arguments) = self, !startsShell else { return [] }
        let names = secrets.flatMap { [$0.delivery.variable, $0.delivery.file?.pathVariable].compactMap(\.self) }
        var hints: [Diagnostic] = []
        for argument in arguments.dropFirst() {
            let text = String(decoding: argument, as: UTF8.self)
            for name in names where Self.mentions(text, name.text) {
                hints.append(
                    Diagnostic(
                        .warning,
                        .literalDollar,
                        "an argument holds `$\(name)`, and no shell will replace it",
                        [.help("inject --shell 'COMMAND…' runs a text in the shell, with its variables")]
                    )
                )
            }
        }
        return hints
    }

    /// Whether the command is a shell, or may start one, as env(1), timeout(1) and `docker run` do.
    private var startsShell: Bool {
        let shells = ["sh", "bash", "dash", "zsh", "ksh"]
        return arguments.contains { argument in
            guard let name = argument.split(separator: UInt8(ascii: "/")).last else { return false }
            return shells.contains { $0.utf8.elementsEqual(name) }
        }
    }

    private static func mentions(_ text: String, _ name: String) -> Bool {
        if text.contains("${\(name)}") { return true }
        return text.ranges(of: "$\(name)").contains { range in
            guard range.upperBound < text.endIndex else { return true }
            let next = text[range.upperBound]
            return !(next.isLetter || next.isNumber || next == "_")
        }
    }
}
