internal import ArgumentParser

/// Arguments read without the reflection by which ArgumentParser finds a command's options, a fifth of a job's start.
///
/// Reads a command line as ArgumentParser does, or not at all: what is not plainly right is left to it, and so are the
/// words about it.
enum DirectArguments {
    /// The command that its arguments mean, or nil where ArgumentParser has to look at them.
    static func command<Command: DirectCommand>(_: Command.Type, of arguments: ArraySlice<String>) -> Command? {
        var command = Command.withDefaults()
        var words = arguments
        while let word = words.popFirst() {
            if word == "--" { return command.take(behindTerminator: Array(words)) ? command : nil }
            if command.take(switch: word) { continue }
            // A dash in front may make it an option, or a missing value.
            guard let value = words.popFirst(), !value.hasPrefix("-"), command.take(option: word, value) else {
                return nil
            }
        }
        return command
    }
}

/// Options that can be taken one by one.
protocol DirectOptions: ParsableArguments {
    /// What ArgumentParser makes of no arguments: every option has a value, or reading it would trap.
    static func withDefaults() -> Self

    /// Turns on the switch of this name, dashes included; false where there is none.
    mutating func take(switch name: String) -> Bool

    /// Sets the option of this name, dashes included; false where there is none, or its values are ArgumentParser's to read.
    mutating func take(option name: String, _ value: String) -> Bool
}

extension DirectOptions {
    mutating func take(switch name: String) -> Bool { false }
}

/// A command whose arguments can be read directly.
protocol DirectCommand: DirectOptions, Subcommand {
    /// Takes what stands behind `--`; false where nothing may.
    mutating func take(behindTerminator words: [String]) -> Bool
}
