import Foundation

/// How to run a program without root's right to ignore permissions.
enum Unprivileged {
    /// The words to put before the command: none where the tests are not run by root.
    static let prefix: [String] =
        geteuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
}
