extension TokenOptions: DirectOptions {
    static func withDefaults() -> TokenOptions {
        var options = TokenOptions()
        options.oidcTokenFile = nil
        options.oidcTokenVariable = nil
        options.audience = nil
        options.claims = []
        options.jwks = nil
        options.trustLocalIssuer = false
        options.deadline = nil
        return options
    }

    mutating func take(switch name: String) -> Bool {
        guard name == "--trust-local-issuer" else { return false }
        trustLocalIssuer = true
        return true
    }

    mutating func take(option name: String, _ value: String) -> Bool {
        switch name {
        case "--oidc-token-file": oidcTokenFile = value
        case "--oidc-token-variable": oidcTokenVariable = value
        case "--audience": audience = value
        case "--claim": claims.append(value)
        case "--jwks": jwks = value
        case "--deadline": deadline = value
        default: return false
        }
        return true
    }
}
