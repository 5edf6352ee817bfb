internal import CInjectShims
internal import Diagnostics
internal import Glibc

/// Where a run's private folder may lie.
package struct SecretFolderPlaces: Sendable {
    private let runtime: String?
    private let shared: String
    private let disk: String?

    /// `XDG_RUNTIME_DIR`, else `/dev/shm`; a disk only where it is allowed, and then the runner's folder first.
    package init(runtime: String?, shared: String = "/dev/shm", disk: String?) {
        self.runtime = runtime
        self.shared = shared
        self.disk = disk
    }

    /// The first place that is memory-backed and can be written, or the allowed disk.
    func root() throws(RunFailure) -> String {
        if let runtime, Self.isUsable(runtime, owners: [geteuid()]) { return runtime }
        if Self.isUsable(shared, owners: [0, geteuid()]) { return shared }
        if let disk, access(disk, W_OK | X_OK) == 0 { return disk }
        throw RunFailure(
            Diagnostic(
                .secretFilesNoTmpfs,
                "there is no memory-backed folder for secret files",
                [
                    .note(
                        "looked at \([runtime, shared].compactMap(\.self).map { "`\($0)`" }.joined(separator: ", "))"),
                    .help(
                        "set XDG_RUNTIME_DIR to a tmpfs folder of your own, or pass `--allow-disk` to write them to a disk"
                    ),
                ]
            )
        )
    }

    private static func isUsable(_ path: String, owners: [uid_t]) -> Bool {
        path.utf8.first == UInt8(ascii: "/") && inject_is_memory_backed(path) && access(path, W_OK | X_OK) == 0
            && isSafe(path, owners)
    }

    /// Whether nobody else could put a folder of theirs in the place of ours.
    private static func isSafe(_ path: String, _ owners: [uid_t]) -> Bool {
        var info = stat()
        guard stat(path, &info) == 0, owners.contains(info.st_uid) else { return false }
        return info.st_mode & (S_IWGRP | S_IWOTH) == 0 || info.st_mode & S_ISVTX != 0
    }
}
