import Diagnostics
import InjectTesting
import SecretStores
import Secrets
import Testing

@Suite("aws-ssm:, against another maker's Parameter Store")
struct ParameterStoreTests {
    private struct Fixture: SecretStoreFixture {
        let aws: AWSFixture
        var store: any SecretStore { ParameterStore(aws.session) }
        var missing: SecretReference { .parameterStore(path: "/\(aws.prefix)/nowhere", selector: nil) }
        let foreign = SecretReference.secretsManager(id: "x", key: nil, version: nil)

        func plant(_ value: [UInt8], as name: SecretName) throws -> SecretReference {
            let path = "/\(aws.prefix)/\(name)"
            try aws.seed("ssm.put_parameter(Name='\(path)', Value=bytes(\(value)).decode(), Type='SecureString')")
            return .parameterStore(path: path, selector: nil)
        }
    }

    @Test("keeps what a store promises")
    func conformance() async throws {
        try await expectConformance(of: Fixture(aws: AWSFixture(MotoServer.shared.get())))
    }

    @Test("every kind of parameter is read, by version and by label, too")
    func kinds() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        let path = "/" + aws.prefix
        try aws.seed(
            """
            for kind, value in (("String", "text"), ("StringList", "a,b"), ("SecureString", "secure")):
                ssm.put_parameter(Name="\(path)/" + kind, Value=value, Type=kind)
            ssm.put_parameter(Name="\(path)/String", Value="second", Type="String", Overwrite=True)
            ssm.label_parameter_version(Name="\(path)/String", ParameterVersion=1, Labels=["blue"])
            """
        )
        let answers = try await aws.fetch(
            "aws-ssm:\(path)/String", "aws-ssm:\(path)/StringList", "aws-ssm:\(path)/SecureString",
            "aws-ssm:\(path)/String:1", "aws-ssm:\(path)/String:blue"
        )
        #expect(try answers.map { try $0.get() } == ["second", "a,b", "secure", "text", "text"])
    }

    @Test("a name that is not there is a failure of its own, although the answer is a success")
    func invalid() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        try aws.seed(#"ssm.put_parameter(Name="/\#(aws.prefix)/a", Value="x", Type="String")"#)
        let answers = try await aws.fetch(
            "aws-ssm:/\(aws.prefix)/a", "aws-ssm:/\(aws.prefix)/b", "aws-ssm:/\(aws.prefix)/a:7",
            "aws-ssm:/\(aws.prefix)/a:green"
        )
        #expect(try answers[0].get() == "x")
        for answer in answers.dropFirst() {
            #expect(#expect(throws: Diagnostic.self) { try answer.get() }?.id == .secretMissing)
        }
    }

    @Test("25 parameters take three requests")
    func requests() async throws {
        let aws = try AWSFixture(MotoServer())
        try aws.seed(#"for i in range(25): ssm.put_parameter(Name=f"/p/{i}", Value=f"v{i}", Type="SecureString")"#)
        try aws.moto.startRecording()
        let references = (0..<25).map { SecretReference.parameterStore(path: "/p/\($0)", selector: nil) }
        let answers = try await AWSFixture.fetch(references, from: ParameterStore(aws.session))
        #expect(try answers.map { try $0.get() } == (0..<25).map { "v\($0)" })
        #expect(try aws.moto.recordedRequests().map(\.operation) == Array(repeating: "GetParameters", count: 3))
    }

    @Test(
        "a parameter that has a whole request refused takes no other with it",
        arguments: ["AccessDeniedException", "ValidationException", "InvalidKeyId"]
    )
    func refused(code: String) async throws {
        let server = try LoopbackServer { request in
            let body = String(decoding: request.body, as: UTF8.self)
            guard !body.contains("/denied") else { return .text(#"{"__type":"\#(code)"}"#, status: 400) }
            return .text(#"{"Parameters":[{"Name":"/\#(body.contains("/a") ? "a" : "b")","Value":"x"}]}"#)
        }
        let store = ParameterStore(try AWSFixture.session(server.url))
        let references = ["/a", "/denied", "/b"].map { SecretReference.parameterStore(path: $0, selector: nil) }
        let answers = try await AWSFixture.fetch(references, from: store)
        #expect(try answers[0].get() == "x" && answers[2].get() == "x")
        #expect(#expect(throws: Diagnostic.self) { try answers[1].get() }?.message.contains("`/denied`") == true)
        #expect(server.requests.count == 4)
    }

    @Test("credentials that nothing is read with are not tried on each parameter")
    func expired() async throws {
        let server = try LoopbackServer { _ in .text(#"{"__type":"ExpiredTokenException"}"#, status: 400) }
        let store = ParameterStore(try AWSFixture.session(server.url))
        let references = ["/a", "/b"].map { SecretReference.parameterStore(path: $0, selector: nil) }
        let answers = try await AWSFixture.fetch(references, from: store)
        for answer in answers {
            #expect(
                #expect(throws: Diagnostic.self) { try answer.get() }?.id == Diagnostic.ID("aws-credentials-unusable"))
        }
        #expect(server.requests.count == 1)
    }
}
