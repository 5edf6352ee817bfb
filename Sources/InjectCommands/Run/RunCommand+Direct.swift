extension RunCommand: DirectCommand {
    static func withDefaults() -> RunCommand {
        var command = RunCommand()
        command.policyOptions = .withDefaults()
        command.tokenOptions = .withDefaults()
        command.storeOptions = .withDefaults()
        command.flags = .withDefaults()
        command.shell = nil
        command.command = []
        return command
    }

    mutating func take(switch name: String) -> Bool {
        tokenOptions.take(switch: name) || flags.take(switch: name)
    }

    mutating func take(option name: String, _ value: String) -> Bool {
        guard name != "--shell" else {
            shell = value
            return true
        }
        return policyOptions.take(option: name, value) || tokenOptions.take(option: name, value)
            || flags.take(option: name, value)
    }

    mutating func take(behindTerminator words: [String]) -> Bool {
        command = words
        return true
    }
}
