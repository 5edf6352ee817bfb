package import Diagnostics

extension Diagnostic.ID {
    /// There is no token where one was to be read.
    package static let tokenUnreadable = Diagnostic.ID("token-unreadable")
}

/// A token from standard input; a line break at the end is not part of it.
package struct StandardInputTokenSource: TokenSource {
    private let descriptor: Int32

    /// Reads descriptor 0, or another one in tests, which the caller keeps open.
    package init(descriptor: Int32 = 0) { self.descriptor = descriptor }

    /// The token, which can be read once.
    package func token(audience: String) async throws(Diagnostic) -> UnverifiedToken {
        try TokenInput(descriptor: descriptor, name: "standard input").token()
    }
}
