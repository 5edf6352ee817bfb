internal import CInjectShims
internal import Diagnostics
internal import Glibc

/// Starts the command and words what can go wrong.
struct ChildStart {
    /// What becomes the command's descriptors and terminal; -1 leaves inject's own.
    struct Streams {
        var input: Int32 = -1
        var output: Int32 = -1
        var error: Int32 = -1
        /// A terminal whose foreground the command becomes.
        var terminal: Int32 = -1
    }

    let program: ChildProgram
    /// The file to execute, with its NUL.
    let path: [CChar]
    /// Descriptors that the command gets besides its streams.
    let kept: [Int32]
    /// Who has to know the command's group.
    let reaper: Reaper?

    /// Starts it with exactly this environment, which is wiped before this returns.
    func start(
        _ environment: consuming EnvironmentBlock,
        _ streams: Streams,
        by spawn: (UnsafePointer<inject_spawn>) -> inject_spawned = inject_spawn_start
    ) throws(RunFailure) -> inject_spawned {
        let arguments = program.arguments.map { argument in
            (argument + [0]).withUnsafeBytes { bytes in
                bytes.baseAddress.flatMap { strdup($0.assumingMemoryBound(to: CChar.self)) }
            }
        }
        defer { for argument in arguments { free(argument) } }
        var argv = arguments + [nil]
        let spawned = try environment.withPointers { envp in
            path.withUnsafeBufferPointer { path in
                argv.withUnsafeMutableBufferPointer { argv in
                    kept.withUnsafeBufferPointer { kept -> inject_spawned? in
                        guard let argv = argv.baseAddress, let path = path.baseAddress else { return nil }
                        var command = command(path, argv, envp, streams)
                        (command.kept, command.kept_count) = (kept.baseAddress, Int32(kept.count))
                        return spawn(&command)
                    }
                }
            }
        }
        guard let spawned else { throw Self.failure("there is no memory", ENOMEM) }
        guard spawned.stage == INJECT_SPAWN_STARTED else { throw failure(spawned) }
        return spawned
    }

    private func command(
        _ path: UnsafePointer<CChar>,
        _ argv: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        _ envp: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        _ streams: Streams
    ) -> inject_spawn {
        inject_spawn(
            path: path,
            argv: argv,
            envp: envp,
            input: streams.input,
            output: streams.output,
            error: streams.error,
            terminal: streams.terminal,
            group: reaper?.group,
            kept: nil,
            kept_count: 0
        )
    }

    private func failure(_ spawned: inject_spawned) -> RunFailure {
        guard spawned.stage == INJECT_SPAWN_EXEC else {
            return Self.failure("no process could be made for it", spawned.error)
        }
        switch spawned.error {
        case ENOENT:
            return program.notExecutable("its interpreter is missing", help: "check its first line: #!")
        case ENOEXEC:
            return program.notExecutable("it is no program", help: "a script's first line is #!/bin/sh")
        case E2BIG:
            let help = "one variable holds at most 128 KiB, all of them and the arguments about 2 MiB"
            return program.notExecutable("its arguments and environment are too long", help: help)
        default:
            let reason = String(cString: strerror(spawned.error)).lowercased()
            return program.notExecutable(reason, help: "check the file system it lies on")
        }
    }

    static func failure(_ what: String, _ error: Int32) -> RunFailure {
        let reason = String(cString: strerror(error)).lowercased()
        return RunFailure(Diagnostic(.commandNotStarted, "the command could not be started: \(what): \(reason)"))
    }
}
