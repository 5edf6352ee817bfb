import Diagnostics
import EncryptedFile
import HTTPTransport
import InjectTesting
import SecretStores
import Secrets
import Testing

@Suite("What to do about an error of AWS")
struct AWSAdviceTests {
    private static let key = "arn:aws:kms:eu-west-1:123456789012:key/1"

    struct Advice: Sendable {
        let code: String
        let id: Diagnostic.ID
        let message: String
        let help: String

        init(_ code: String, _ id: String, _ message: String, _ help: String) {
            (self.code, self.id, self.message, self.help) = (code, Diagnostic.ID(id), message, help)
        }
    }

    private static let renew = "log in again, as you do for `aws`; a job gets new credentials when it is run again"
    private static let clock =
        "set this machine's clock, or check that the secret access key is that of the access key's id"
    private static let unknown =
        "log in again or check the keys; a region that is off by default has to be enabled, too"
    private static let wrong = "check the name or ARN in the reference, or that of the key"
    private static let allow =
        "allow the role to read it; for another account's, its resource policy has to allow it, too"
    private static let otherKey =
        "check the key's ARN, its region and account, and that the file was encrypted with this very key"

    private static func error(_ code: String) throws -> LoopbackServer {
        try LoopbackServer { _ in .text(#"{"__type":"\#(code)","message":"m"}"#, status: 400) }
    }

    private func expect(_ error: Diagnostic?, _ advice: Advice, from call: String) {
        #expect(error?.id == advice.id && error?.message == advice.message)
        #expect(error?.remarks == [.note("\(call) answered \(advice.code): m"), .help(advice.help)])
    }

    private static let unfetched = "secret `a` could not be fetched"

    @Test(
        "credentials, clock, rights and names that are wrong are told apart",
        arguments: [
            Advice(
                "ExpiredTokenException", "aws-credentials-unusable",
                "\(unfetched): the credentials have expired", renew),
            Advice(
                "InvalidSignatureException", "aws-credentials-unusable",
                "\(unfetched): AWS does not accept the signature", clock),
            Advice(
                "IncompleteSignature", "aws-credentials-unusable",
                "\(unfetched): AWS does not accept the signature", clock),
            Advice(
                "RequestExpired", "aws-credentials-unusable", "\(unfetched): AWS does not accept the signature", clock),
            Advice(
                "UnrecognizedClientException", "aws-credentials-unusable",
                "\(unfetched): AWS does not know the credentials", unknown),
            Advice(
                "ValidationException", "aws-secret-unusable", "AWS finds the request for secret `a` wrong", wrong),
            Advice(
                "AccessDeniedException", "aws-secret-denied", "AWS does not let this session read secret `a`", allow),
        ]
    )
    func secrets(advice: Advice) async throws {
        let server = try Self.error(advice.code)
        let store = SecretsManagerStore(try AWSFixture.session(server.url))
        let answers = try await AWSFixture.fetch([.secretsManager(id: "a", key: nil, version: nil)], from: store)
        let error = #expect(throws: Diagnostic.self) { try answers[0].get() }
        expect(error, advice, from: "Secrets Manager GetSecretValue")
        #expect(server.requests.count == 1)
    }

    @Test(
        "a key that KMS does not find, or that is another one, is to be looked for",
        arguments: ["NotFoundException", "IncorrectKeyException", "InvalidCiphertextException"]
    )
    func keys(code: String) async throws {
        let server = try Self.error(code)
        let service = KMSDataKeys(try AWSFixture.session(server.url))
        let wrapping = KMSWrapping(key: Self.key, ciphertext: [1], context: [])
        let error = await #expect(throws: Diagnostic.self) { try await service.dataKey(in: .kms(wrapping)) }
        let message = "KMS cannot use the data key of `\(Self.key)`"
        expect(error, Advice(code, "aws-secret-unusable", message, Self.otherKey), from: "KMS Decrypt")
    }

    @Test(
        "a key that the role may not use is named with the right that it lacks, whoever says so",
        arguments: [
            "User: x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/1",
            "Access to KMS is not allowed",
            "The ciphertext refers to a customer master key that does not exist or you are not allowed to access.",
        ]
    )
    func deniedKey(words: String) async throws {
        let server = try LoopbackServer { _ in
            .text(#"{"__type":"AccessDeniedException","message":"\#(words)"}"#, status: 400)
        }
        let store = ParameterStore(try AWSFixture.session(server.url))
        let answers = try await AWSFixture.fetch([.parameterStore(path: "/a", selector: nil)], from: store)
        let error = #expect(throws: Diagnostic.self) { try answers[0].get() }
        #expect(error?.message == "KMS does not open parameter `/a`")
        #expect(error?.remarks.last == .help(Self.allowing("kms:Decrypt")))
    }

    private static func allowing(_ action: String) -> String {
        "allow the role `\(action)` on the key, in the key's own policy, too, and check that it is enabled"
    }

    @Test("a key that may not wrap lacks the right to encrypt, and one that may not unwrap that to decrypt")
    func deniedWrapping() async throws {
        let server = try Self.error("AccessDeniedException")
        let service = KMSDataKeys(try AWSFixture.session(server.url))
        let wrapping = KMSWrapping(key: Self.key, ciphertext: [1], context: [])
        let unwrap = await #expect(throws: Diagnostic.self) { try await service.dataKey(in: .kms(wrapping)) }
        #expect(unwrap?.message == "KMS does not open the data key of `\(Self.key)`")
        #expect(unwrap?.remarks.last == .help(Self.allowing("kms:Decrypt")))
        let key = try SecretBytes.of("0123456789abcdef")
        let wrap = await #expect(throws: Diagnostic.self) { _ = try await service.wrap(key, with: Self.key) }
        #expect(wrap?.message == "KMS does not encrypt with the key `\(Self.key)`")
        #expect(wrap?.remarks.last == .help(Self.allowing("kms:Encrypt")))
        #expect(server.requests.count == 2)
    }

    @Test(
        "a network that is in the way is named instead of the region",
        arguments: [
            (HTTPError.Code.proxy, "check the address in `HTTPS_PROXY`, and in `NO_PROXY` what is reached without it"),
            (.proxyUnreachable, "check the address in `HTTPS_PROXY`, and in `NO_PROXY` what is reached without it"),
            (
                .tls,
                "let `AWS_CA_BUNDLE` name the certificates of what opens TLS on the way; it has to speak TLS 1.3"
            ),
            (.connect, "check that `eu-west-1` is a region, and that this machine may reach it over HTTPS"),
        ]
    )
    func network(code: HTTPError.Code, help: String) async throws {
        let http = BrokenNetwork(error: HTTPError(code, "no answer"))
        let store = SecretsManagerStore(try AWSFixture.session("https://aws.example", http: http))
        let answers = try await AWSFixture.fetch([.secretsManager(id: "a", key: nil, version: nil)], from: store)
        let error = #expect(throws: Diagnostic.self) { try answers[0].get() }
        #expect(error?.id == Diagnostic.ID("aws-unreachable") && error?.message == Self.unfetched)
        #expect(error?.remarks == [.note("Secrets Manager GetSecretValue: no answer"), .help(help)])
    }

    private struct BrokenNetwork: HTTPClient {
        let error: HTTPError
        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { throw error }
    }

    @Test("an answer without a request's id is not for AWS's support", arguments: [true, false])
    func unreadable(hasID: Bool) async throws {
        let headers = hasID ? [(name: "x-amzn-RequestId", value: "0f3e")] : []
        let server = try LoopbackServer { _ in .text("<html>", status: 403, headers: headers) }
        let store = ParameterStore(try AWSFixture.session(server.url))
        let answers = try await AWSFixture.fetch([.parameterStore(path: "/a", selector: nil)], from: store)
        let error = #expect(throws: Diagnostic.self) { try answers[0].get() }
        let whom =
            hasID
            ? "ask AWS's support with the request's id, or see health.aws.amazon.com"
            : "check whether a proxy stands between this machine and AWS"
        #expect(error?.remarks.last == .help("try again; if it stays, \(whom)"))
    }

    @Test("a key that is not reached is not reached in its own region")
    func keyRegion() async throws {
        let server = try LoopbackServer { _ in .hangUp }
        let service = KMSDataKeys(try AWSFixture.session(server.url))
        let key = Self.key.replacing("eu-west-1", with: "us-east-2")
        let wrapping = KMSWrapping(key: key, ciphertext: [1], context: [])
        let error = await #expect(throws: Diagnostic.self) { try await service.dataKey(in: .kms(wrapping)) }
        let help = "check that `us-east-2` is a region, and that this machine may reach it over HTTPS"
        #expect(error?.remarks.last == .help(help))
    }
}
