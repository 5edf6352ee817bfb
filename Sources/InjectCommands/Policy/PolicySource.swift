internal import Diagnostics
internal import Glibc
internal import Policy

/// A policy file that was found, read and checked.
struct PolicySource {
    /// The file's text, for diagnostics that point into it.
    let text: SourceText
    /// The checked model.
    let policy: PolicyFile
    /// The folder that relative paths in the policy start from, with a trailing slash unless it is the current one.
    let root: String

    /// Reads and checks the file at `path`, or the `inject.yaml` of the repository around the current folder.
    static func load(_ path: String?) throws -> PolicySource {
        let path = path ?? found()
        let text = try read(path)
        return PolicySource(text: text, policy: try PolicyFile.parse(text), root: folder(of: path))
    }

    /// Reads a policy without checking it.
    static func read(_ path: String) throws(Diagnostic) -> SourceText {
        do {
            // One byte more than the reader allows, so that it can say the file is too large.
            return SourceText(name: path, bytes: try InputFile.bytes(of: path, limit: 256 * 1024 + 1))
        } catch .missing {
            throw Diagnostic(
                .policyMissing,
                "there is no policy at `\(path)`",
                [.help("run inject inside the repository, or name the file with `--policy FILE`")]
            )
        } catch {
            throw Diagnostic(.policyUnreadable, "the policy `\(path)` cannot be read: \(error.reason)")
        }
    }

    /// `inject.yaml` in this folder or the nearest one above, up to the root of the repository.
    static func found() -> String {
        var prefix = ""
        for _ in 0..<64 {
            if access(prefix + "inject.yaml", F_OK) == 0 { return prefix + "inject.yaml" }
            if access(prefix + ".git", F_OK) == 0 { break }
            prefix += "../"
        }
        return "inject.yaml"
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[...slash])
    }
}

extension Diagnostic.ID {
    /// No policy file where one was looked for.
    static let policyMissing = Diagnostic.ID("policy-missing")
    /// The policy file is there and cannot be read.
    static let policyUnreadable = Diagnostic.ID("policy-unreadable")
}
