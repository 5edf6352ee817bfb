import JOSE

extension IssuerConfiguration {
    /// The `iss` of GitHub Actions on github.com.
    package static let githubIssuer = "https://token.actions.githubusercontent.com"
    /// The `iss` of tokens that `LocalIssuer` makes.
    package static let localIssuer = "inject-local"

    /// GitHub Actions on github.com; the keys' address is known, which saves the discovery's round trip.
    package static let github: IssuerConfiguration = {
        var configuration = IssuerConfiguration(
            issuer: githubIssuer,
            keys: .address(githubIssuer + "/.well-known/jwks")
        )
        configuration.expectGitHubClaims()
        return configuration
    }()

    /// The issuer of this machine's own fake tokens.
    package static let local: IssuerConfiguration = {
        var configuration = IssuerConfiguration(issuer: localIssuer, keys: .supplied)
        configuration.algorithms = [.eddsa]
        configuration.expectGitHubClaims()
        return configuration
    }()

    /// A GitLab instance, such as `https://gitlab.com`.
    ///
    /// GitLab makes the token when the job starts, not when it is needed, so it may be as old as an hour.
    package static func gitlab(_ instance: String = "https://gitlab.com") -> IssuerConfiguration {
        var configuration = IssuerConfiguration(issuer: instance)
        configuration.maximumAge = 3600
        return configuration
    }

    /// Another issuer that speaks GitHub's claims: an enterprise's, `ghe.com`'s or a server's.
    package static func githubEnterprise(issuer: String) -> IssuerConfiguration {
        var configuration = IssuerConfiguration(issuer: issuer)
        configuration.expectGitHubClaims()
        return configuration
    }

    /// The configuration of an issuer that needs no more than its name, or nil.
    ///
    /// The name comes from configuration or a policy: anybody can run a host with a path like a GitHub server's.
    package static func known(issuer: String) -> IssuerConfiguration? {
        let bytes = Array(issuer.utf8)
        if bytes.elementsEqual(githubIssuer.utf8) { return github }
        if bytes.elementsEqual(localIssuer.utf8) { return local }
        if bytes.elementsEqual("https://gitlab.com".utf8) { return gitlab() }
        return isGitHubForm(bytes) ? githubEnterprise(issuer: issuer) : nil
    }

    /// The configuration of a known issuer, or of one of which no more than the name is known.
    ///
    /// Nothing says then how it signs, but each of its keys does: the key's type, and its `alg` where it has one, leave no
    /// algorithm that the issuer did not make the key for.
    package static func named(_ issuer: String) -> IssuerConfiguration {
        if let known = known(issuer: issuer) { return known }
        var configuration = IssuerConfiguration(issuer: issuer)
        configuration.algorithms = Set(JWSAlgorithm.allCases)
        return configuration
    }

    private mutating func expectGitHubClaims() {
        hasGitHubClaims = true
        requiredClaims += ["nbf", "jti"]
    }

    /// `…githubusercontent.com/SLUG`, `https://token.actions.SUBDOMAIN.ghe.com[/SLUG]`, `https://HOST/_services/token`.
    private static func isGitHubForm(_ issuer: [UInt8]) -> Bool {
        let scheme = Array("https://".utf8)
        guard issuer.starts(with: scheme) else { return false }
        let parts = issuer.dropFirst(scheme.count).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let host = parts.first, isName(host, allowing: ".:") else { return false }
        let path = parts.dropFirst()
        if path.elementsEqual(["_services", "token"].map { Array($0.utf8)[...] }) { return true }
        guard path.count <= 1, path.allSatisfy({ isName($0, allowing: "") }) else { return false }
        if host.elementsEqual("token.actions.githubusercontent.com".utf8) { return path.count == 1 }
        let (head, tail) = (Array("token.actions.".utf8), Array(".ghe.com".utf8))
        guard host.count > head.count + tail.count, host.starts(with: head), host.suffix(tail.count).elementsEqual(tail)
        else { return false }
        return isName(host.dropFirst(head.count).dropLast(tail.count), allowing: "")
    }

    /// Small letters, digits and hyphens, and what else is allowed.
    private static func isName(_ bytes: ArraySlice<UInt8>, allowing others: String) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: others.utf8.contains(byte)
                }
            }
    }
}
