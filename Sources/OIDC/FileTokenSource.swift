package import Diagnostics
import Glibc

/// A token from a file; a line break at the end is not part of it.
package struct FileTokenSource: TokenSource {
    private let path: String

    /// Names a file, which may also be a pipe.
    package init(path: String) { self.path = path }

    /// Reads the file again each time, because whoever writes it renews the token.
    package func token(audience: String) async throws(Diagnostic) -> UnverifiedToken {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Diagnostic(
                .tokenUnreadable,
                "the token's file cannot be read: \(String(cString: strerror(errno)))",
                at: .file(path)
            )
        }
        defer { close(descriptor) }
        return try TokenInput(descriptor: descriptor, name: "`\(path)`").token()
    }
}
