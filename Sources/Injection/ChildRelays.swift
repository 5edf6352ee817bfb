/// The masked streams of a command.
struct ChildRelays {
    /// Standard output, where inject carries it.
    var output: StreamRelay?
    /// Standard error, where it is a stream of its own.
    var error: StreamRelay?

    var all: [StreamRelay] { [output, error].compactMap(\.self) }
}
