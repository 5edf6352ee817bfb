internal import ArgumentParser

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
