import Diagnostics
import EncryptedFile
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
