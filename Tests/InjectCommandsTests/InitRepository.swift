import Foundation
import InjectTesting

/// A repository without a policy.
struct InitRepository {
    /// Git did not do what it was told.
    struct GitFailure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: TemporaryFolder
    let inject: CommandRunner

    /// Writes files; with a remote, it is git's.
    init(_ files: [String: String], remote: String? = nil, branch: String? = nil) throws {
        folder = try TemporaryFolder()
        for (path, text) in files { try folder.write(path, text) }
        inject = try CommandRunner(
            product: "inject", in: folder, environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
        guard let remote else { return }
        try git("init", "-q", ".")
        try git("config", "remote.origin.url", remote)
        if let branch { try git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/" + branch) }
    }

    /// The policy that was written.
    func policy(_ name: String = "inject.yaml") throws -> String {
        try String(contentsOfFile: folder.path(name), encoding: .utf8)
    }

    private func git(_ arguments: String...) throws {
        let git = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/git"), in: folder.url, environment: ["HOME": folder.url.path])
        let result = try git.run(arguments)
        guard result.status == 0 else { throw GitFailure(description: result.error) }
    }
}
