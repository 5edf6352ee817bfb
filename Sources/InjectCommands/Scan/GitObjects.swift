internal import Diagnostics
internal import SecretScan

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

    /// What git lists when it walks from all branches and tags.
    struct Walk {
        /// A path under which each of the objects asked for stands in some commit.
        var paths: [String: ScanPath] = [:]
        /// How many objects the repository should have and has not.
        var missing = 0
        /// Whether the walk came to its end.
        var isWhole = false
    }

    let folder: String

    /// Hands each object to `begin`, its bytes to `bytes` and its end to `end`; false where not all could be read.
    func forEach(
        begin: (Header) throws -> Void,
        bytes: (UnsafeRawBufferPointer) throws -> Void,
        end: () throws -> Void
    ) throws -> Bool {
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
        return git.end() == 0 && isWhole
    }

    /// Walks from all branches and tags; what is missing is listed and not fetched.
    ///
    /// Reading all objects says nothing of those that are not there.
    func walk(_ ids: Set<String>) throws -> Walk {
        let git = try start(["rev-list", "--all", "--objects", "--missing=print"])
        var walk = Walk()
        var line: [UInt8] = []
        let isRead = git.read { piece in
            for byte in piece {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                take(line, ids, &walk)
                line.removeAll(keepingCapacity: true)
            }
            return true
        }
        walk.isWhole = git.end() == 0 && isRead
        return walk
    }

    /// Takes `ID`, `ID PATH` or `?ID`.
    private func take(_ line: [UInt8], _ ids: Set<String>, _ walk: inout Walk) {
        guard line.first != UInt8(ascii: "?") else {
            walk.missing += 1
            return
        }
        guard !ids.isEmpty, let space = line.firstIndex(of: UInt8(ascii: " ")) else { return }
        let (id, path) = (String(decoding: line[..<space], as: UTF8.self), line[(space + 1)...])
        if !path.isEmpty, ids.contains(id) { walk.paths[id] = ScanPath(bytes: Array(path)) }
    }

    /// Whether commits before a certain one were never fetched.
    var isShallow: Bool {
        get throws { try answer(["rev-parse", "--is-shallow-repository"]).output == Array("true\n".utf8) }
    }

    /// Whether objects were left with the remote until they are needed.
    var isPartial: Bool {
        get throws {
            try answer(["config", "--get-regexp", #"^(extensions\.partialclone|remote\..*\.promisor)$"#]).status == 0
        }
    }

    private func answer(_ arguments: [String]) throws -> (status: Int32, output: [UInt8]) {
        let git = try start(arguments)
        var output: [UInt8] = []
        git.read { piece in
            output += piece
            return true
        }
        return (git.end(), output)
    }

    private func start(_ arguments: [String]) throws -> GitProcess {
        if let git = GitProcess(["-C", folder] + arguments, isIsolated: true) { return git }
        throw Diagnostic(.gitUnavailable, "git cannot be run", [.help("install git, or name files and folders")])
    }

    /// Why not all was searched; `missing` counts the objects that are known to be missing.
    func unreadable(missing: Int) -> Diagnostic {
        let problem = missing > 0 ? "lacks \(missing) of the objects it should have" : "cannot be read to its end"
        return Diagnostic(
            .scanUnreadable, "the git repository `\(folder)` \(problem)",
            [.help("`git -C \(folder) fsck` says what is wrong with it")]
        )
    }
}
