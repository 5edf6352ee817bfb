internal import Diagnostics
internal import Glibc

extension ChildProgram {
    /// Why a file cannot be the command.
    private enum Obstacle {
        case missing
        case folder
        case notExecutable
        case unreachable(Int32)
    }

    /// Finds the file to execute as execvp(3) would, and tells 126 from 127 before anything secret is touched.
    ///
    /// Paths are bytes and end with a NUL.
    func resolve(path: [UInt8]) throws(RunFailure) -> [CChar] {
        guard let name = arguments.first, !name.isEmpty else {
            throw RunFailure(
                Diagnostic(.commandMissing, "there is no command to run", [.help("inject [options] -- COMMAND…")])
            )
        }
        guard !name.contains(UInt8(ascii: "/")) else {
            let file = Self.file(name)
            guard let obstacle = Self.obstacle(file) else { return file }
            throw failure(obstacle, file, help: "check the path")
        }
        var blocked: (obstacle: Obstacle, file: [CChar])?
        for folder in path.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            let file = Self.file((folder.isEmpty ? [UInt8(ascii: ".")] : folder) + [UInt8(ascii: "/")] + name)
            switch Self.obstacle(file) {
            case nil: return file
            case .missing, .unreachable: continue
            case let obstacle?: blocked = blocked ?? (obstacle, file)
            }
        }
        throw failure(blocked?.obstacle ?? .missing, blocked?.file ?? [], help: "install it, or check PATH")
    }

    /// A command that is there and cannot be executed.
    func notExecutable(_ reason: String, help: String) -> RunFailure {
        let message = "the command `\(name)` cannot be executed: \(reason)"
        return RunFailure(Diagnostic(.commandNotExecutable, message, [.help(help)]), exitCode: 126)
    }

    private func failure(_ obstacle: Obstacle, _ file: [CChar], help: String) -> RunFailure {
        let shown = String(decoding: file.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        return switch obstacle {
        case .missing:
            RunFailure(Diagnostic(.commandNotFound, "there is no command `\(name)`", [.help(help)]), exitCode: 127)
        case .folder:
            notExecutable("it is a folder", help: "name a program in it")
        case .notExecutable:
            notExecutable("it has no permission to be executed", help: "chmod +x \(shown)")
        case .unreachable(let error):
            notExecutable(String(cString: strerror(error)).lowercased(), help: help)
        }
    }

    private static func obstacle(_ file: [CChar]) -> Obstacle? {
        var info = stat()
        guard stat(file, &info) == 0 else {
            return [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) ? .missing : .unreachable(errno)
        }
        if info.st_mode & S_IFMT == S_IFDIR { return .folder }
        return access(file, X_OK) == 0 ? nil : .notExecutable
    }

    private static func file(_ path: some Sequence<UInt8>) -> [CChar] {
        path.map(CChar.init(bitPattern:)) + [0]
    }
}
