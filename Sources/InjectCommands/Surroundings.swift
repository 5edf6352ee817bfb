internal import Diagnostics
internal import Glibc

/// What a command takes from outside: environment, clock, console.
struct Surroundings: Sendable {
    let environment: ProcessEnvironment
    let console: Console

    /// Seconds since the Unix epoch.
    var now: Int64 { Self.clock() }

    /// The clock, for what asks again later.
    static let clock: @Sendable () -> Int64 = { Int64(time(nil)) }

    /// The surroundings of this process.
    static func current() -> Surroundings {
        let environment = ProcessEnvironment.current()
        let isGitHub = environment["GITHUB_ACTIONS"] == "true"
        return Surroundings(environment: environment, console: Console(isGitHub: isGitHub))
    }
}
