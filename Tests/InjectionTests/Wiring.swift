import Testing

/// What a command's streams are connected to.
enum Wiring: CaseIterable, CustomTestStringConvertible {
    case pipes
    case terminal

    var testDescription: String { self == .pipes ? "pipes" : "a terminal" }
}
