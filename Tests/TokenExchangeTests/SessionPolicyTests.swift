import AWSClient
import Diagnostics
import Foundation
import Policy
import Testing

@testable import TokenExchange

@Suite("Session policies")
struct SessionPolicyTests {
    @Test("a session may read exactly the granted secrets and parameters")
    func exact() throws {
        let references = [
            "aws-sm:shop/db#url", "aws-sm:shop/db#user", "aws-sm:shop/api?stage=AWSPREVIOUS", "aws-ssm:/a/b:3",
        ]
        #expect(
            try Self.policy(references) == """
                {"Version":"2012-10-17","Statement":[\
                {"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":[\
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-??????",\
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/api-??????"]},\
                {"Effect":"Allow","Action":"secretsmanager:BatchGetSecretValue","Resource":"*"},\
                {"Effect":"Allow","Action":"ssm:GetParameters",\
                "Resource":"arn:aws:ssm:eu-west-1:111122223333:parameter/a/b"},\
                {"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":\
                ["secretsmanager.eu-west-1.amazonaws.com","ssm.eu-west-1.amazonaws.com"]}}}]}
                """
        )
    }

    @Test("one secret needs no right to ask for batches")
    func single() throws {
        #expect(
            try Self.policy(["aws-sm:shop/db"]) == """
                {"Version":"2012-10-17","Statement":[\
                {"Effect":"Allow","Action":"secretsmanager:GetSecretValue",\
                "Resource":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-??????"},\
                {"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":\
                "secretsmanager.eu-west-1.amazonaws.com"}}}]}
                """
        )
    }

    @Test(
        "an ARN is taken as it is, with AWS's six characters only where they are missing",
        arguments: [
            ("arn:aws:secretsmanager:us-east-1:444455556666:secret:other/db-Ab1Cd2", ""),
            ("arn:aws:secretsmanager:us-east-1:444455556666:secret:other/db", "-??????"),
            ("arn:aws:secretsmanager:us-east-1:444455556666:secret:other-db-Ab1C", "-??????"),
        ]
    )
    func otherAccount(arn: String, suffix: String) throws {
        let text = try Self.policy(["aws-sm:\(arn)"])
        #expect(text?.contains("\"Resource\":\"\(arn)\(suffix)\"") == true)
        #expect(text?.contains(#""kms:ViaService":"secretsmanager.us-east-1.amazonaws.com""#) == true)
    }

    @Test("China has its own partition and suffix")
    func china() throws {
        let role = try RoleARN("arn:aws-cn:iam::111122223333:role/r")
        let policy = try ExchangeFixture.policy("event_name: push", ["aws-sm:db"])
        let plan = try SessionPlan(of: Self.granted(policy), role: role, region: "cn-north-1")
        let text = try #require(plan.parts.first).policy.text
        #expect(text.contains("arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-??????"))
        #expect(text.contains("secretsmanager.cn-north-1.amazonaws.com.cn"))
    }

    @Test(
        "a name that would widen the session is refused at its place in the policy file",
        arguments: [
            "aws-sm:*", "aws-sm:${aws:PrincipalTag/x}", "aws-sm:a b", "aws-sm:ä",
            "aws-sm:arn:aws:secretsmanager:*:444455556666:secret:x", "aws-sm:arn:aws:iam::444455556666:role/x",
            "aws-sm:arn:aws:secretsmanager:us-east-1:*:secret:x", "aws-ssm:/shop/*", "aws-ssm:/shop/${x}",
            "aws-sm:arn:aws:secretsmanager:us-east-1:444455556666:secret:*",
        ]
    )
    func wildcards(reference: String) throws {
        let error = try #require(throws: Diagnostic.self) { try Self.policy([reference]) }
        #expect(error.id == .secretNameRefused)
        #expect(error.text.contains("inject.yaml:8:7"), "\(error.text)")
    }

    @Test("files need no session")
    func files() throws {
        #expect(try Self.policy(["file:secrets/a", "dotenv:.env"]) == nil)
    }

    @Test("a name for which no policy has room is refused at its place")
    func tooLong() throws {
        let error = try #require(throws: Diagnostic.self) {
            try Self.policy(["aws-sm:a", "aws-ssm:/\(String(repeating: "a", count: 1990))"])
        }
        #expect(error.id == .sessionPolicyTooLong && error.text.contains("inject.yaml:9:7"))
    }

    @Test("every policy that is made is JSON, within the limit, and has no wildcard but for AWS's suffix")
    func property() throws {
        for count in [1, 2, 17, 18, 19, 60, 200] {
            let references = (0..<count).map { $0.isMultiple(of: 2) ? "aws-sm:s/\($0)#k" : "aws-ssm:/p/\($0)" }
            let parts = try Self.plan(references).parts
            #expect(parts.flatMap(\.secrets).count == count)
            #expect(count > 19 || parts.count == 1)
            for part in parts {
                #expect(part.policy.text.unicodeScalars.count <= 2048)
                let json = try JSONSerialization.jsonObject(with: Data(part.policy.text.utf8)) as? [String: Any]
                let statements = try #require(json?["Statement"] as? [[String: Any]])
                for statement in statements where statement["Action"] as? String != "kms:Decrypt" {
                    let resources = statement["Resource"] as? [String] ?? [statement["Resource"] as? String ?? ""]
                    let isBatch = statement["Action"] as? String == "secretsmanager:BatchGetSecretValue"
                    #expect(isBatch || !resources.contains { $0.contains("*") })
                }
            }
        }
    }

    private static func granted(_ policy: PolicyFile) -> [GrantedSecret] {
        policy.environments.flatMap { environment in
            environment.secrets.map { GrantedSecret(secret: $0, grant: environment.grants[0]) }
        }
    }

    private static func plan(_ references: [String]) throws -> SessionPlan {
        let policy = try ExchangeFixture.policy("event_name: push", references)
        return try SessionPlan(of: granted(policy), role: RoleARN(ExchangeFixture.role), region: "eu-west-1")
    }

    /// The policy of the only session.
    private static func policy(_ references: [String]) throws -> String? {
        let parts = try plan(references).parts
        #expect(parts.count <= 1)
        return parts.first?.policy.text
    }
}
