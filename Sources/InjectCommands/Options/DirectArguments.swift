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
