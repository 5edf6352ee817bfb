internal import Diagnostics
internal import OIDC

extension TokenOptions {
    /// The source that was named, or nil where the surroundings decide.
    func givenSource(_ variables: ProcessEnvironment) throws(Diagnostic) -> (any TokenSource)? {
        if let file = oidcTokenFile ?? variables["INJECT_OIDC_TOKEN_FILE"] {
            return file == "-" ? StandardInputTokenSource() : FileTokenSource(path: file)
        }
        guard let variable = givenVariable(variables) else { return nil }
        return EnvironmentTokenSource(variable: variable)
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
