internal import Diagnostics

/// All objects of a repository as `git cat-file --batch` prints them: those of lost commits and of none as well.
struct GitObjects {
    /// One object's header.
    struct Header {
        let id: String
        /// `blob`, `tree`, `commit` or `tag`.
        let kind: String
        let byteCount: Int

        /// Reads `ID KIND SIZE`.
        init?(_ line: [UInt8]) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 3, let byteCount = Int(words[2]), byteCount >= 0 else { return nil }
            (id, kind, self.byteCount) = (String(words[0]), String(words[1]), byteCount)
        }
    }

    let folder: String

    /// Hands each object to `begin`, its bytes to `bytes` and its end to `end`.
    func forEach(
        begin: (Header) throws -> Void,
        bytes: (UnsafeRawBufferPointer) throws -> Void,
        end: () throws -> Void
    ) throws {
        let git = try start(["cat-file", "--batch", "--batch-all-objects", "--buffer"])
        var line: [UInt8] = []
        /// What of the object is to come, with the line feed behind it; nil in a header.
        var left: Int?
        var isWhole = true
        try git.read { piece in
            var rest = piece
            while let first = rest.first {
                guard let count = left else {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
                    guard first == UInt8(ascii: "\n") else {
                        line.append(first)
                        continue
                    }
                    guard let header = Header(line) else { return false }
                    line = []
                    left = header.byteCount + 1
                    try begin(header)
                    continue
                }
                let taken = min(count, rest.count)
                try bytes(UnsafeRawBufferPointer(rebasing: rest[..<min(taken, count - 1)]))
                rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
                left = taken == count ? nil : count - taken
                if taken == count { try end() }
            }
            isWhole = left == nil && line.isEmpty
            return true
        }
        guard git.end() == 0, isWhole else { throw unreadable }
    }

    /// A path under which each of these objects stands in some commit.
    func paths(of ids: Set<String>) throws -> [String: String] {
        let git = try start(["rev-list", "--all", "--objects"])
        var paths: [String: String] = [:]
        var line: [UInt8] = []
        git.read { piece in
            for byte in piece {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                let parts = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 1)
                line = []
                guard parts.count == 2, ids.contains(String(parts[0])) else { continue }
                paths[String(parts[0])] = String(parts[1])
            }
            return paths.count < ids.count
        }
        _ = git.end()
        return paths
    }

    private func start(_ arguments: [String]) throws -> GitProcess {
        if let git = GitProcess(["-C", folder] + arguments) { return git }
        throw Diagnostic(.gitUnavailable, "git cannot be run", [.help("install git, or name files and folders")])
    }

    private var unreadable: Diagnostic {
        Diagnostic(
            .scanUnreadable, "the git repository `\(folder)` cannot be read to its end",
            [.help("`git -C \(folder) fsck` says what is wrong with it")]
        )
    }
}
