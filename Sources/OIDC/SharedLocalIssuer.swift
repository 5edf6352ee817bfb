package import Diagnostics
internal import Synchronization

/// The local issuer of one run, made when a token first needs it and then kept.
///
/// Its key file is read and its public half computed once, although both who signs and who verifies ask for it.
package final class SharedLocalIssuer: Sendable {
    private let made: Mutex<LocalIssuer?>

    /// Takes an issuer that is there, or makes the one of `LocalIssuer.folder` when it is asked for.
    package init(_ issuer: LocalIssuer? = nil) { made = Mutex(issuer) }

    /// The issuer; what failed once is tried again.
    package func issuer() throws(Diagnostic) -> LocalIssuer {
        try made.withLock { made throws(Diagnostic) in
            if let made { return made }
            let issuer = try LocalIssuer(folder: LocalIssuer.folder())
            made = issuer
            return issuer
        }
    }
}
