internal import CInjectShims
internal import Diagnostics
internal import Glibc

/// Starts the command and words what can go wrong.
struct ChildStart {
    let program: ChildProgram
    /// The file to execute, with its NUL.
    let path: [CChar]
    let output: Int32
    let error: Int32
    let terminal: Int32

    /// Starts it with exactly this environment, which is wiped before this returns.
    func start(_ environment: consuming EnvironmentBlock) throws(RunFailure) -> inject_spawned {
        let arguments = program.arguments.map { argument in
            (argument + [0]).withUnsafeBytes { bytes in
                bytes.baseAddress.flatMap { strdup($0.assumingMemoryBound(to: CChar.self)) }
            }
        }
        defer { for argument in arguments { free(argument) } }
        var argv = arguments + [nil]
        let spawned = try environment.withPointers { envp in
            path.withUnsafeBufferPointer { path in
                argv.withUnsafeMutableBufferPointer { argv -> inject_spawned? in
                    guard let argv = argv.baseAddress, let path = path.baseAddress else { return nil }
                    var command = inject_spawn(
                        path: path,
                        argv: argv,
                        envp: envp,
                        output: output,
                        error: error,
                        terminal: terminal
                    )
                    return inject_spawn_start(&command)
                }
            }
        }
        guard let spawned else { throw Self.failure("there is no memory", ENOMEM) }
        guard spawned.stage == INJECT_SPAWN_STARTED else { throw failure(spawned) }
        return spawned
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
