extension PolicyOptions: DirectOptions {
    static func withDefaults() -> PolicyOptions {
        var options = PolicyOptions()
        options.policy = nil
        options.environment = nil
        options.broker = nil
        return options
    }

    mutating func take(option name: String, _ value: String) -> Bool {
        switch name {
        case "--policy", "-p": policy = value
        case "--environment", "-e": environment = value
        case "--broker": broker = value
        default: return false
        }
        return true
    }
}
