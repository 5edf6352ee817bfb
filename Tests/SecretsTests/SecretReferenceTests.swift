import Secrets
import Testing

@Suite("SecretReference")
struct SecretReferenceTests {
    @Test(
        "each form of the policy language is taken apart",
        arguments: [
            ("dotenv:.env.local", SecretReference.dotenv(file: ".env.local", key: nil)),
            ("dotenv:a/b.env#KEY", .dotenv(file: "a/b.env", key: "KEY")),
            ("file:/run/secrets/stripe_key", .file(path: "/run/secrets/stripe_key")),
            ("encrypted:secrets.yaml#db", .encrypted(file: "secrets.yaml", key: "db")),
            ("aws-sm:shop/prod/db", .secretsManager(id: "shop/prod/db", key: nil, version: nil)),
            ("aws-sm:shop/prod/db#url", .secretsManager(id: "shop/prod/db", key: "url", version: nil)),
            ("aws-sm:db#a.b?stage=AWSPREVIOUS", .secretsManager(id: "db", key: "a.b", version: .stage("AWSPREVIOUS"))),
            ("aws-sm:db?version=abc", .secretsManager(id: "db", key: nil, version: .id("abc"))),
            (
                "aws-sm:arn:aws:secretsmanager:eu-west-1:1:secret:x-1#k",
                .secretsManager(id: "arn:aws:secretsmanager:eu-west-1:1:secret:x-1", key: "k", version: nil)
            ),
            ("aws-ssm:/shop/staging/stripe", .parameterStore(path: "/shop/staging/stripe", selector: nil)),
            ("aws-ssm:/shop/x:3", .parameterStore(path: "/shop/x", selector: "3")),
        ]
    )
    func parsed(text: String, reference: SecretReference) throws {
        #expect(try SecretReference(parsing: text) == reference)
    }

    @Test("a text without a scheme is no reference", arguments: ["", "shop", "/run/secrets/x"])
    func noScheme(text: String) {
        #expect(throws: SecretReference.ParsingFailure.noScheme) { try SecretReference(parsing: text) }
    }

    @Test("an unknown scheme is named", arguments: ["vault:x", "AWS-SM:x", ":x", " dotenv:x"])
    func unknown(text: String) {
        let scheme = String(text.prefix { $0 != ":" })
        #expect(throws: SecretReference.ParsingFailure.unknownScheme(scheme)) { try SecretReference(parsing: text) }
    }

    @Test(
        "a malformed rest is refused",
        arguments: [
            "dotenv:", "dotenv:#K", "dotenv:f#", "file:", "encrypted:f", "encrypted:#k", "encrypted:f#", "aws-sm:",
            "aws-sm:x#", "aws-sm:x?stage=", "aws-sm:x?other=1", "aws-sm:x?stage", "aws-ssm:x", "aws-ssm:/",
            "aws-ssm:/x:", "file:a\u{0}b", "aws-sm:x?stage=S#key", "aws-sm:x?version=V#key",
            "aws-sm:x?stage=S&version=V", "aws-sm:x?stage=S?version=V",
        ]
    )
    func malformed(text: String) {
        #expect {
            try SecretReference(parsing: text)
        } throws: { error in
            guard case SecretReference.ParsingFailure.malformed = error else { return false }
            return true
        }
    }
}
