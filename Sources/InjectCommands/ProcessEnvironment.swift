internal import Diagnostics
internal import Glibc

/// The variables inject itself reads.
///
/// The child's environment is built from the raw bytes instead.
struct ProcessEnvironment: Sendable {
    private let read: @Sendable (String) -> String?

    /// The variables of this process; an empty one counts as absent.
    static func current() -> ProcessEnvironment {
        ProcessEnvironment { name in
            guard let value = getenv(name), value.pointee != 0 else { return nil }
            return String(cString: value)
        }
    }

    private init(read: @escaping @Sendable (String) -> String?) { self.read = read }

    subscript(_ name: String) -> String? { read(name) }

    /// An option's `INJECT_*` variable as a switch: `1`, `true`, `yes` or `0`, `false`, `no`.
    func flag(_ name: String) throws(Diagnostic) -> Bool {
        switch self[name] {
        case nil, "0", "false", "no": return false
        case "1", "true", "yes": return true
        case .some(let other):
            throw Diagnostic(
                .variableUnreadable,
                "`\(name)` is `\(other)`, which is neither on nor off",
                [.help("use `1`, `true` or `yes`, or `0`, `false` or `no`")]
            )
        }
    }

    /// An option's `INJECT_*` variable as one of a few words.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(_ name: String) throws(Diagnostic) -> Choice? {
        guard let text = self[name] else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let choices = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        throw Diagnostic(.variableUnreadable, "`\(name)` is `\(text)`", [.help("use one of \(choices)")])
    }

    /// An option's `INJECT_*` variable as a list separated by commas.
    func list(_ name: String) -> [String] {
        self[name]?.split(separator: ",").map(String.init) ?? []
    }
}

extension Diagnostic.ID {
    /// An `INJECT_*` variable holds something its option could not be.
    static let variableUnreadable = Diagnostic.ID("variable-unreadable")
}
