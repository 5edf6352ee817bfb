/// Whether the containers that a command of Docker Compose makes outlive it.
///
/// Source: docs.docker.com/reference/cli/docker/compose: the options of `up` and `run`.
struct ComposeDetachment {
    /// Compose's own command, such as `up`, and what stands behind it.
    let command: ArraySlice<String>

    /// Where in doubt, they do.
    var isDetached: Bool {
        switch command.first {
        // It makes no container, and most of what stands behind it is a program's.
        case "exec": false
        case "run": Self.options(ofRun: command.dropFirst()).contains(where: Self.detaches)
        default: command.contains(where: Self.detaches)
        }
    }

    /// Flags as Compose reads them: a switch may have a value, and short ones may be joined, `-dV`.
    private static func detaches(_ argument: String) -> Bool {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard let name = parts.first, parts.count == 1 || !off.contains(parts[1]) else { return false }
        let letters = name.dropFirst()
        let isJoined = name.hasPrefix("-") && letters.contains("d") && letters.allSatisfy(switches.contains)
        return isJoined || detaching.contains(name)
    }

    /// What stands before the service: behind it are a program and its own options.
    private static func options(ofRun words: ArraySlice<String>) -> [String] {
        var options: [String] = []
        var mayBeValue = false
        for word in words {
            if word.hasPrefix("-"), word != "--" {
                options.append(word)
                mayBeValue = mayTakeNext(word)
            } else if mayBeValue {
                mayBeValue = false
            } else {
                break
            }
        }
        return options
    }

    /// Whether the next word may be the option's value: of one that is not known, it may.
    private static func mayTakeNext(_ option: String) -> Bool {
        guard !option.hasPrefix("--") else { return !option.contains("=") && !longSwitches.contains(option) }
        guard let last = option.last, option.dropFirst().dropLast().allSatisfy(switches.contains) else { return false }
        return !switches.contains(last)
    }

    private static let detaching: Set<String> = [
        "--detach", "--wait", "--no-start", "create", "start", "restart", "scale",
    ]
    /// The short flags of `up` and `run` that take no value.
    private static let switches: Set<Character> = ["d", "V", "y", "T", "i", "P", "q"]
    /// The long ones of `run`.
    private static let longSwitches: Set<String> = [
        "--build", "--detach", "--interactive", "--no-TTY", "--no-deps", "--quiet", "--quiet-build", "--quiet-pull",
        "--remove-orphans", "--rm", "--service-ports", "--use-aliases",
    ]
    private static let off: Set<String> = ["0", "f", "F", "false", "FALSE", "False"]
}
