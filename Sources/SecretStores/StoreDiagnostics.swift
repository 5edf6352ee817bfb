package import Diagnostics

extension Diagnostic.ID {
    /// The place a secret should be in does not have it.
    package static let secretMissing = Diagnostic.ID("secret-missing")
    /// The place a secret should be in cannot be read.
    package static let secretUnreadable = Diagnostic.ID("secret-unreadable")
    /// A path leads out of the repository.
    package static let secretOutside = Diagnostic.ID("secret-outside-repository")
    /// A stored value is longer than 64 KiB.
    package static let storedSecretTooLarge = Diagnostic.ID("secret-too-large")
    /// A kind of reference that this version cannot fetch.
    package static let storeUnsupported = Diagnostic.ID("store-unsupported")
    /// A dotenv file that the dialect does not read.
    package static let dotenvSyntax = Diagnostic.ID("dotenv-syntax")
    /// A quote in a dotenv file that is never closed.
    package static let dotenvUnterminatedQuote = Diagnostic.ID("dotenv-unterminated-quote")
    /// A dotenv file that sets a key twice.
    package static let dotenvDuplicateKey = Diagnostic.ID("dotenv-duplicate-key")
}
