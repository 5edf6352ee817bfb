import Foundation

/// A private mount namespace, where a test may mount what it likes.
enum MountNamespace {
    /// The words to put before the command; without root a user namespace gives the right.
    static let prefix: [String] =
        ["/usr/bin/unshare"] + (geteuid() == 0 ? [] : ["--user", "--map-root-user"])
        + ["--mount", "--propagation", "private"]
}
