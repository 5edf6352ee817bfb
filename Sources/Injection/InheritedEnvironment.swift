internal import CInjectShims
internal import Glibc

/// The variables inject was started with, as bytes.
struct InheritedEnvironment {
    /// One variable: its name, and the whole `NAME=VALUE`.
    struct Variable {
        let name: [UInt8]
        let pair: [UInt8]
    }

    /// With these a job's command could ask GitHub for a token of its own, for any audience, or write to its caches.
    static let actionsCredentials = [
        "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN",
        "ACTIONS_RESULTS_URL",
    ]

    private static let pristine = ["PATH", "HOME", "LANG", "TERM", "TMPDIR"]

    let variables: [Variable]

    /// Everything, in order; an entry without `=` is no variable and is dropped.
    static func current() -> InheritedEnvironment {
        var variables: [Variable] = []
        var next = inject_environment()
        while let entry = next.pointee {
            let pair = Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry)))
            if let equals = pair.firstIndex(of: UInt8(ascii: "=")), equals > 0 {
                variables.append(Variable(name: Array(pair[..<equals]), pair: pair))
            }
            next += 1
        }
        return InheritedEnvironment(variables: variables)
    }

    /// What the command inherits: of a name that stands twice the first counts, as getenv(3) has it.
    func inherited(_ options: EnvironmentOptions) -> [Variable] {
        var removed = Set(options.used.map { Array($0.utf8) })
        if !options.keepsActionsCredentials { removed.formUnion(Self.actionsCredentials.map { Array($0.utf8) }) }
        var seen: Set<[UInt8]> = []
        return variables.filter { variable in
            guard !removed.contains(variable.name), seen.insert(variable.name).inserted else { return false }
            return !options.isPristine || Self.isKept(variable.name, options.passed)
        }
    }

    /// Wipes inject's own copies of what the command does not inherit because it is a credential.
    static func wipe(_ options: EnvironmentOptions) {
        for name in options.used { inject_environment_wipe(name) }
        guard !options.keepsActionsCredentials else { return }
        for name in actionsCredentials { inject_environment_wipe(name) }
    }

    private static func isKept(_ name: [UInt8], _ passed: [String]) -> Bool {
        pristine.contains { $0.utf8.elementsEqual(name) } || passed.contains { matches(name, Array($0.utf8)) }
    }

    /// Matches with one way back, to the last `*`: no pattern takes longer than name times pattern.
    private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (at, next) = (0, 0)
        var star: (at: Int, next: Int)?
        while at < name.count {
            if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                next += 1
                star = (at, next)
            } else if next < pattern.count, pattern[next] == name[at] {
                (at, next) = (at + 1, next + 1)
            } else {
                guard let last = star else { return false }
                (at, next) = (last.at + 1, last.next)
                star?.at = at
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
