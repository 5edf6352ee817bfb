/// What to run: arguments as they are, or a text for the shell.
///
/// Arguments and texts are bytes, because an argument need not be UTF-8.
package enum ChildProgram: Sendable {
    /// A command and its arguments; no shell looks at them.
    case arguments([[UInt8]])
    /// A text for `/bin/sh -c`.
    case shell([UInt8])

    /// The arguments that exec is given.
    var arguments: [[UInt8]] {
        switch self {
        case .arguments(let arguments): arguments
        case .shell(let text): ["/bin/sh", "-c"].map { Array($0.utf8) } + [text]
        }
    }

    /// The command as messages call it.
    var name: String { String(decoding: arguments.first ?? [], as: UTF8.self) }
}
