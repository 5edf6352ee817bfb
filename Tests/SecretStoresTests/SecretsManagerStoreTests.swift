import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Secrets
import Testing

@Suite("aws-sm:, against another maker's Secrets Manager")
struct SecretsManagerStoreTests {
    private struct Fixture: SecretStoreFixture {
        let aws: AWSFixture
        var store: any SecretStore { SecretsManagerStore(aws.session) }
        var missing: SecretReference { .secretsManager(id: aws.prefix + "/nowhere", key: nil, version: nil) }
        let foreign = SecretReference.parameterStore(path: "/x", selector: nil)

        func plant(_ value: [UInt8], as name: SecretName) throws -> SecretReference {
            let id = "\(aws.prefix)/\(name)"
            try aws.seed("sm.create_secret(Name='\(id)', SecretString=bytes(\(value)).decode())")
            return .secretsManager(id: id, key: nil, version: nil)
        }
    }

    @Test("keeps what a store promises")
    func conformance() async throws {
        try await expectConformance(of: Fixture(aws: AWSFixture(MotoServer.shared.get())))
    }

    @Test("members of a JSON secret are found by name, by dots and by pointer, and are no other's")
    func keys() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        let id = aws.prefix
        try aws.seed(
            #"""
            sm.create_secret(Name="\#(id)", SecretString='{"a":"x\\u00e9\\n\\"","n":12.50,"t":true,"a.b":"dotted",'
                '"deep":{"list":[{"k/~":"pointed"}],"b":"nested"},"null":null}')
            sm.create_secret(Name="\#(id)-text", SecretString="no json")
            """#
        )
        let answers = try await aws.fetch(
            "aws-sm:\(id)#a", "aws-sm:\(id)#n", "aws-sm:\(id)#t", "aws-sm:\(id)#a.b", "aws-sm:\(id)#deep.b",
            "aws-sm:\(id)#/deep/list/0/k~1~0"
        )
        #expect(try answers.map { try $0.get() } == ["xé\n\"", "12.50", "true", "dotted", "nested", "pointed"])
        let failures = try await aws.fetch(
            "aws-sm:\(id)#missing", "aws-sm:\(id)#deep", "aws-sm:\(id)#null", "aws-sm:\(id)#/deep/list/1",
            "aws-sm:\(id)#/deep/list/00", "aws-sm:\(id)-text#a"
        )
        let reasons = [
            "has no member `missing`", "has an object at `deep`", "has null at `null`", "has no member `/deep/list/1`",
            "has no member `/deep/list/00`", "is no JSON",
        ]
        for (failure, reason) in zip(failures, reasons) {
            let text = #expect(throws: Diagnostic.self) { try failure.get() }?.text
            #expect(text?.contains(reason) == true, "\(text ?? "")")
            #expect(text?.contains("nested") == false)
        }
    }

    @Test(
        "JSON that other tools would read is refused with the rule that it breaks",
        arguments: [
            (#"{\"a\":\"sk_live_1\",\"a\":2}"#, "is JSON that names a member twice", "tools disagree"),
            (#"\ufeff{\"a\":\"sk_live_1\"}"#, "starts with a byte-order mark", "UTF-8 without one"),
            (String(repeating: "[", count: 65), "is more JSON than is read", "store less in one secret"),
            (#"{\"a\":\"sk_live_1\",}"#, "is no JSON", "remove `#a` from the reference"),
        ]
    )
    func brokenJSON(value: String, reason: String, help: String) async throws {
        let server = try LoopbackServer { _ in .text(#"{"SecretString":"\#(value)"}"#) }
        let store = SecretsManagerStore(try AWSFixture.session(server.url))
        let answers = try await AWSFixture.fetch([.secretsManager(id: "x", key: "a", version: nil)], from: store)
        let error = try #require(#expect(throws: Diagnostic.self) { try answers[0].get() })
        #expect(error.message == "the secret `x` \(reason)")
        #expect(error.text.contains(help) && !error.text.contains("sk_live_1"), "\(error.text)")
    }

    @Test("binary secrets, the largest ones, earlier versions and ARNs are read")
    func kinds() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        let id = aws.prefix
        let result = try aws.seed(
            """
            sm.create_secret(Name="\(id)/binary", SecretBinary=bytes(range(32, 127)))
            sm.create_secret(Name="\(id)/large", SecretString="\\\\" * 65536)
            arn = sm.create_secret(Name="\(id)/old", SecretString="first")["ARN"]
            second = sm.put_secret_value(SecretId=arn, SecretString="second")["VersionId"]
            sm.put_secret_value(SecretId=arn, SecretString="third", VersionStages=["AWSCURRENT", "blue"])
            result = arn + " " + second
            """
        ).split(separator: " ").map(String.init)
        let answers = try await aws.fetch(
            "aws-sm:\(id)/binary", "aws-sm:\(id)/large", "aws-sm:\(result[0])", "aws-sm:\(result[0].dropLast(7))",
            "aws-sm:\(id)/old?stage=AWSPREVIOUS", "aws-sm:\(id)/old?version=\(result[1])", "aws-sm:\(id)/old?stage=blue"
        )
        let expected = [
            String(decoding: Array(UInt8(32)..<127), as: UTF8.self), String(repeating: "\\", count: 65536), "third",
            "third", "second", "second", "third",
        ]
        for (answer, value) in zip(answers, expected) { #expect(try answer.get() == value) }
    }

    @Test("a version that is not there, and one that never was, are failures of their own")
    func versions() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        try aws.seed(#"sm.create_secret(Name="\#(aws.prefix)", SecretString="x")"#)
        let missing = UUID().uuidString.lowercased()
        for answer in try await aws.fetch("aws-sm:\(aws.prefix)?stage=green", "aws-sm:\(aws.prefix)?version=\(missing)")
        {
            #expect(#expect(throws: Diagnostic.self) { try answer.get() }?.id == .secretMissing)
        }
    }

    @Test("one secret for many names is asked for once, and 45 secrets take three requests")
    func requests() async throws {
        let aws = try AWSFixture(MotoServer())
        try aws.seed(#"for i in range(45): sm.create_secret(Name=f"s{i}", SecretString=f'{{"k":"v{i}"}}')"#)
        try aws.moto.startRecording()
        let store = SecretsManagerStore(aws.session)
        let references = (0..<45).flatMap { index in
            [
                SecretReference.secretsManager(id: "s\(index)", key: "k", version: nil),
                .secretsManager(id: "s\(index)", key: nil, version: nil),
            ]
        }
        let answers = try await AWSFixture.fetch(references, from: store)
        #expect(try answers[0].get() == "v0" && answers[89].get() == #"{"k":"v44"}"#)
        #expect(try aws.moto.recordedRequests().map(\.operation) == Array(repeating: "BatchGetSecretValue", count: 3))
    }

    @Test(
        "where a batch is refused, throttled or stops short, each secret is asked for alone",
        arguments: [
            #"{"__type":"AccessDeniedException","Message":"not authorized"}"#,
            #"{"__type":"ValidationException","message":"one of them is no name"}"#,
            #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
            #"{"SecretValues":[],"Errors":[]}"#, #"{}"#,
        ]
    )
    func fallback(answer: String) async throws {
        let server = try LoopbackServer { request in
            let operation = request.header("x-amz-target")?.split(separator: ".").last ?? ""
            let body = String(decoding: request.body, as: UTF8.self)
            switch operation {
            case "BatchGetSecretValue": return .text(answer, status: answer.contains("__type") ? 400 : 200)
            default: return .text(#"{"SecretString":"\#(body.contains("one") ? 1 : 2)"}"#)
            }
        }
        let store = SecretsManagerStore(try AWSFixture.session(server.url))
        let references = ["one", "two"].map { SecretReference.secretsManager(id: $0, key: nil, version: nil) }
        let answers = try await AWSFixture.fetch(references, from: store)
        #expect(try answers.map { try $0.get() } == ["1", "2"])
        #expect(server.requests.count == 3)
    }

    @Test(
        "a secret that breaks in a batch is asked for alone, unless its error stays",
        arguments: [
            ("InternalServiceError", "2"), ("ThrottlingException", "2"), ("ServiceUnavailableException", "2"),
            ("DecryptionFailure", "KMS does not open secret `two`"),
        ]
    )
    func entry(code: String, outcome: String) async throws {
        let server = try LoopbackServer { request in
            guard request.header("x-amz-target")?.hasSuffix("BatchGetSecretValue") == true else {
                return .text(#"{"SecretString":"2"}"#)
            }
            let value = #"{"Name":"one","SecretString":"1"}"#
            return .text(#"{"SecretValues":[\#(value)],"Errors":[{"SecretId":"two","ErrorCode":"\#(code)"}]}"#)
        }
        let store = SecretsManagerStore(try AWSFixture.session(server.url))
        let references = ["one", "two"].map { SecretReference.secretsManager(id: $0, key: nil, version: nil) }
        let answers = try await AWSFixture.fetch(references, from: store)
        #expect(try answers[0].get() == "1")
        let second =
            switch answers[1] {
            case .success(let value): value
            case .failure(let error): error.message
            }
        #expect(second == outcome)
        #expect(server.requests.count == (outcome == "2" ? 2 : 1))
    }

    @Test("an ARN is asked for in its own region")
    func regions() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        let arn = try aws.seed(
            """
            other = session.create_client("secretsmanager", region_name="us-east-1", endpoint_url=sys.argv[1],
                aws_access_key_id="seed", aws_secret_access_key="seed")
            result = other.create_secret(Name="\(aws.prefix)", SecretString="there")["ARN"]
            """
        )
        #expect(try await aws.fetch("aws-sm:\(arn)")[0].get() == "there")
        let here = try await aws.fetch("aws-sm:\(aws.prefix)")[0]
        #expect(#expect(throws: Diagnostic.self) { try here.get() }?.id == .secretMissing)
    }
}
