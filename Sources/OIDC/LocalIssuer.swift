package import Diagnostics
import JOSE
import OpenSSLCrypto
package import Secrets

extension Diagnostic.ID {
    /// The key for fake tokens cannot be used or made.
    package static let localKeyRefused = Diagnostic.ID("local-key-refused")
}

/// Makes fake tokens for this machine, signed with a key of its own.
///
/// Everybody who can read the key can claim anything, so its tokens are honoured for fetching only in environments that
/// are marked local.
package struct LocalIssuer: Sendable {
    private let signer: JWSSigner

    /// The issuer whose key is in `folder`; folder and key are made on first use.
    package init(folder: String) throws(Diagnostic) {
        let key = try LocalKeyFile(folder: folder).key()
        do {
            signer = try JWSSigner(key: key)
        } catch {
            throw Diagnostic(.localKeyRefused, "the key for fake tokens in `\(folder)` cannot sign")
        }
    }

    /// Where the key belongs: `$INJECT_DATA_DIR`, else `inject` in `$XDG_DATA_HOME`, else in `~/.local/share`.
    ///
    /// A relative `XDG_DATA_HOME` counts as absent (XDG Base Directory Specification, version 0.8).
    package static func folder(_ environment: EnvironmentVariables = .process) throws(Diagnostic) -> String {
        if let folder = environment.text("INJECT_DATA_DIR") { return folder }
        if let base = environment.text("XDG_DATA_HOME"), base.hasPrefix("/") { return base + "/inject" }
        if let home = environment.text("HOME"), home.hasPrefix("/") { return home + "/.local/share/inject" }
        throw Diagnostic(
            .localKeyRefused,
            "there is no folder for the key of fake tokens",
            [.help("set `INJECT_DATA_DIR` to one that only you can read")]
        )
    }

    /// A token with these claims.
    package func token(_ claims: FakeClaims) throws(Diagnostic) -> UnverifiedToken {
        do {
            return try UnverifiedToken(try signer.sign(payload: claims.payload))
        } catch let error as Diagnostic {
            throw error
        } catch {
            throw Diagnostic(.localKeyRefused, "the fake token could not be signed")
        }
    }

    /// The public half, which verifies this issuer's tokens.
    package func keySource() throws(Diagnostic) -> StaticKeySource {
        try StaticKeySource(json: signer.jwks, name: "the key for fake tokens")
    }
}
