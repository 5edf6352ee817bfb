import Broker
import Diagnostics
import Foundation
import InjectTesting
import Secrets
import Testing

@Suite("StoreScope")
struct StoreScopeTests {
    @Test(
        "a policy has from AWS what bears its repository's name, and nothing of another's",
        arguments: [
            ("aws-sm:acme/shop/prod/db#url", true), ("aws-sm:acme/shopping/db", false), ("aws-sm:acme/shop", false),
            ("aws-sm:other/db", false), ("aws-sm:ACME/shop/db", false), ("aws-sm:x/acme/shop/db", false),
            ("aws-sm:arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme/shop/db-AbCdEf", true),
            ("aws-sm:arn:aws:secretsmanager:eu-west-1:123456789012:secret:other/db-AbCdEf", false),
            ("aws-ssm:/acme/shop/token", true), ("aws-ssm:/acme/shop/token:3", true), ("aws-ssm:/acme/token", false),
            ("aws-ssm://acme/shop/token", false), ("file:other", true), ("encrypted:secrets.yaml#x", true),
        ])
    func own(from: String, isAllowed: Bool) throws {
        #expect(StoreScope.own.allows(try SecretReference(parsing: from), to: "acme/shop") == isAllowed)
    }

    @Test("an operator may add names that are shared, or allow all")
    func wider() throws {
        let reference = try SecretReference(parsing: "aws-sm:shared/npm")
        #expect(StoreScope(prefixes: ["{repository}/", "shared/"]).allows(reference, to: "acme/shop"))
        #expect(StoreScope(prefixes: ["*"]).allows(reference, to: "acme/shop"))
        #expect(!StoreScope(prefixes: ["share/", "*x"]).allows(reference, to: "acme/shop"))
    }

    @Test("a policy that names another repository's secret is refused with what it may name")
    func refused() throws {
        let folder = try TemporaryFolder()
        let text = PolicyFolderTests.policy("acme/shop").replacing("file:api_key", with: "aws-sm:acme/site/key")
        try folder.write("acme/shop/inject.yaml", text)
        let error = try #require(
            #expect(throws: DiagnosticList.self) { try PolicyFolder(path: folder.url.path, baseline: nil).load() })
        #expect(
            error.diagnostics.map(\.text).joined().replacing(folder.url.path, with: "") == """
                error[policy-folder]: `API_KEY` is in `aws-sm:acme/site/key`, which is not for policies of `acme/shop`
                 --> /acme/shop/inject.yaml:6:7
                  |
                6 |       API_KEY: { from: "aws-sm:acme/site/key" }
                  |       ^^^^^^^
                  |
                  = help: a name begins with `acme/shop/`; `aws_names` in `stores` says so

                """)
    }
}
