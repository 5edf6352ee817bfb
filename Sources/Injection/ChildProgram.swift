internal import Diagnostics
internal import Glibc

/// What to run: arguments as they are, or a text for the shell.
///
/// Arguments are bytes, because an argument need not be UTF-8.
package enum ChildProgram: Sendable {
    /// A command and its arguments; no shell looks at them.
    case arguments([[UInt8]])
    /// A text for `/bin/sh -c`.
    case shell(String)

    /// The arguments that exec is given.
    var arguments: [[UInt8]] {
        switch self {
        case .arguments(let arguments): arguments
        case .shell(let text): ["/bin/sh", "-c", text].map { Array($0.utf8) }
        }
    }

    /// Finds the file to execute as execvp(3) would, and tells 126 from 127 before anything secret is touched.
    func resolve(path: String) throws(RunFailure) -> String {
        guard let first = arguments.first, !first.isEmpty else {
            throw RunFailure(
                Diagnostic(.commandMissing, "there is no command to run", [.help("inject [options] -- COMMAND…")])
            )
        }
        let name = String(decoding: first, as: UTF8.self)
        guard !first.contains(UInt8(ascii: "/")) else { return try Self.checked(name, named: name) }
        var found: String?
        for folder in path.split(separator: ":", omittingEmptySubsequences: false) {
            let candidate = (folder.isEmpty ? "." : String(folder)) + "/" + name
            guard access(candidate, F_OK) == 0, !Self.isFolder(candidate) else { continue }
            if access(candidate, X_OK) == 0 { return candidate }
            found = found ?? candidate
        }
        if let found { return try Self.checked(found, named: name) }
        throw Self.notFound(name, help: "install it, or check PATH")
    }

    private static func checked(_ file: String, named name: String) throws(RunFailure) -> String {
        guard access(file, F_OK) == 0 else { throw notFound(name, help: "check the path") }
        if isFolder(file) { throw notExecutable(name, "it is a folder", help: "name a program in it") }
        guard access(file, X_OK) == 0 else {
            throw notExecutable(name, "it has no permission to be executed", help: "chmod +x \(file)")
        }
        return file
    }

    private static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    private static func notFound(_ name: String, help: String) -> RunFailure {
        RunFailure(Diagnostic(.commandNotFound, "there is no command `\(name)`", [.help(help)]), exitCode: 127)
    }

    static func notExecutable(_ name: String, _ reason: String, help: String) -> RunFailure {
        let message = "the command `\(name)` cannot be executed: \(reason)"
        return RunFailure(Diagnostic(.commandNotExecutable, message, [.help(help)]), exitCode: 126)
    }
}
