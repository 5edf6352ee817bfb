extension MaskCommand: DirectCommand {
    static func withDefaults() -> MaskCommand {
        var command = MaskCommand()
        command.policyOptions = .withDefaults()
        command.tokenOptions = .withDefaults()
        command.storeOptions = .withDefaults()
        command.values = nil
        command.failOnLeak = false
        command.quiet = false
        return command
    }

    mutating func take(switch name: String) -> Bool {
        switch name {
        case "--fail-on-leak": failOnLeak = true
        case "--quiet", "-q": quiet = true
        default: return tokenOptions.take(switch: name)
        }
        return true
    }

    mutating func take(option name: String, _ value: String) -> Bool {
        guard name != "--values" else {
            values = value
            return true
        }
        return policyOptions.take(option: name, value) || tokenOptions.take(option: name, value)
    }

    mutating func take(behindTerminator words: [String]) -> Bool { false }
}
