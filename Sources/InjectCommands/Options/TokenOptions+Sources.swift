internal import Diagnostics
internal import OIDC

extension TokenOptions {
    /// The source that was named, or nil where the surroundings decide; an option counts more than any variable.
    func givenSource(_ variables: ProcessEnvironment) throws(Diagnostic) -> (any TokenSource)? {
        try refuseSecondToken()
        if let oidcTokenFile { return Self.source(file: oidcTokenFile) }
        if let oidcTokenVariable { return EnvironmentTokenSource(variable: oidcTokenVariable) }
        // With claims, the token of the surroundings is not the one that is meant.
        guard claims.isEmpty else { return nil }
        if let file = variables["INJECT_OIDC_TOKEN_FILE"] { return Self.source(file: file) }
        guard let variable = variables["INJECT_OIDC_TOKEN_VARIABLE"] else { return nil }
        return EnvironmentTokenSource(variable: variable)
    }

    /// Of two tokens that were named, neither can be left out in silence.
    private func refuseSecondToken() throws(Diagnostic) {
        let named = [
            oidcTokenFile.map { _ in "--oidc-token-file" }, oidcTokenVariable.map { _ in "--oidc-token-variable" },
            claims.isEmpty ? nil : "--claim",
        ].compactMap(\.self)
        guard named.count > 1 else { return }
        throw Diagnostic(
            .usage, "`\(named[0])` and `\(named[1])` name two tokens",
            [.help("leave out one of them: `--claim` describes a token of this machine")]
        )
    }

    private static func source(file: String) -> any TokenSource {
        file == "-" ? StandardInputTokenSource() : FileTokenSource(path: file)
    }

    /// The variable that was named as the token's.
    func givenVariable(_ variables: ProcessEnvironment) -> String? {
        oidcTokenVariable ?? variables["INJECT_OIDC_TOKEN_VARIABLE"]
    }

    /// The keys that were given in place of the issuer's own.
    func keySet(_ variables: ProcessEnvironment) throws(Diagnostic) -> StaticKeySource? {
        guard let path = jwks ?? variables["INJECT_JWKS"] else { return nil }
        do {
            return try StaticKeySource(json: InputFile.bytes(of: path, limit: 128 * 1024), name: path)
        } catch let failure as InputFile.Failure {
            throw Diagnostic(.keySetUnreadable, "the key set `\(path)` cannot be read: \(failure.reason)")
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw Diagnostic(.keySetUnreadable, "the key set `\(path)` cannot be read")
        }
    }

    /// Whether an issuer on this machine may be asked over plain HTTP.
    func trustsLocalIssuer(_ variables: ProcessEnvironment) throws(Diagnostic) -> Bool {
        if trustLocalIssuer { return true }
        return try variables.flag("INJECT_TRUST_LOCAL_ISSUER")
    }
}

extension Diagnostic.ID {
    /// A key set that was given cannot be read.
    static let keySetUnreadable = Diagnostic.ID("key-set-unreadable")
}
