import JOSE
import OIDC
import Testing

@Suite("IssuerConfiguration")
struct IssuerConfigurationTests {
    @Test("GitHub is RS256 alone, with its keys' address and all its claims")
    func github() {
        let github = IssuerConfiguration.github
        #expect(github.keys == .address("https://token.actions.githubusercontent.com/.well-known/jwks"))
        #expect(github.algorithms == [.rs256])
        #expect(github.requiredClaims.sorted() == ["aud", "exp", "iat", "iss", "jti", "nbf", "sub"])
        #expect(github.hasGitHubClaims && github.leeway == 60 && github.maximumAge == 600)
    }

    @Test("the local issuer is EdDSA alone and is never asked over the network")
    func local() {
        #expect(IssuerConfiguration.local.issuer == "inject-local")
        #expect(IssuerConfiguration.local.algorithms == [.eddsa])
        #expect(IssuerConfiguration.local.keys == .supplied)
    }

    @Test(
        "forms of GitHub's issuer are known, with their discovery below them",
        arguments: [
            "https://token.actions.githubusercontent.com/avocado-corp", "https://token.actions.octo.ghe.com",
            "https://token.actions.octo.ghe.com/octo", "https://github.example.com/_services/token",
            "https://github.example.com:8443/_services/token",
        ]
    )
    func forms(issuer: String) throws {
        let known = try #require(IssuerConfiguration.known(issuer: issuer))
        #expect(known.issuer == issuer)
        #expect(known.keys == .discovery(issuer + "/.well-known/openid-configuration"))
        #expect(known.hasGitHubClaims && known.algorithms == [.rs256] && known.requiredClaims.contains("jti"))
    }

    @Test("the plain names are known")
    func names() {
        #expect(
            IssuerConfiguration.known(issuer: "https://token.actions.githubusercontent.com")?.keys
                == IssuerConfiguration.github.keys)
        #expect(IssuerConfiguration.known(issuer: "https://gitlab.com")?.hasGitHubClaims == false)
        #expect(IssuerConfiguration.known(issuer: "inject-local")?.keys == .supplied)
    }

    @Test(
        "anything near a known issuer is not one",
        arguments: [
            "", "https://", "https://token.actions.githubusercontent.com/",
            "http://token.actions.githubusercontent.com",
            "https://token.actions.githubusercontent.com/a/b", "https://token.actions.githubusercontent.com/A",
            "https://token.actions.githubusercontent.com.evil.example", "https://evil.example",
            "https://token.actions.ghe.com", "https://token.actions..ghe.com", "https://token.actions.a.b.ghe.com",
            "https://token.actions.octo.ghe.com/", "https://token.actions.octo.ghe.com.evil.example",
            "https://user@host/_services/token", "https://host/_services/token/", "https://host/x/_services/token",
            "https:///_services/token", "https://hoſt/_services/token", "https://gitlab.com/",
            "https://gitlab.com/group",
            "inject-local ", "Inject-local",
        ]
    )
    func unknown(issuer: String) {
        #expect(IssuerConfiguration.known(issuer: issuer) == nil)
    }

    @Test("an issuer of which only the name is known may sign with what its keys are for; a known one may not")
    func algorithms() {
        #expect(IssuerConfiguration.named("https://ci.example").algorithms == Set(JWSAlgorithm.allCases))
        #expect(IssuerConfiguration.named("https://ci.example").hasGitHubClaims == false)
        for known in [IssuerConfiguration.githubIssuer, "https://gitlab.com", "https://a/_services/token"] {
            #expect(IssuerConfiguration.named(known).algorithms == [.rs256])
        }
        #expect(IssuerConfiguration.named("inject-local").algorithms == [.eddsa])
    }

    @Test("the discovery of an issuer with a slash at its end has one slash")
    func slash() {
        let configuration = IssuerConfiguration(issuer: "https://a.example/")
        #expect(configuration.issuer == "https://a.example/")
        #expect(configuration.keys == .discovery("https://a.example/.well-known/openid-configuration"))
    }
}
