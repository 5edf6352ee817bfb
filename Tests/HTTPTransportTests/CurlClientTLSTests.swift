import HTTPTransport
import InjectTesting
import Testing

@Suite("CurlClient's TLS, against another maker's server")
struct CurlClientTLSTests {
    private let folder: TemporaryFolder
    private let own: TestCertificate

    init() throws {
        folder = try TemporaryFolder()
        own = try TestCertificate(in: folder, name: "own", for: "IP:127.0.0.1")
    }

    @Test("TLS 1.3 with a configured authority is accepted")
    func accepted() async throws {
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        let response = try await send(to: server, trusting: own.certificate)
        #expect(response.status == 200)
        #expect(response.text == "TLSv1.3")
    }

    @Test("a connection opened early carries the request, and an untrusted one fails the request")
    func early() async throws {
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        let url = "https://127.0.0.1:\(server.port)/"
        let request = HTTPRequest(method: .post, url: url, body: .bytes(Array("body".utf8)))
        let trusting = EagerClient(CurlClient.Configuration(caBundle: own.certificate))
        trusting.open(url)
        #expect(try await trusting.send(request).text == "body")
        let distrusting = EagerClient()
        distrusting.open(url)
        await expectFailure(.tls) { _ = try await distrusting.send(request) }
    }

    @Test("TLS 1.2 is refused, whatever the certificate")
    func oldVersion() async throws {
        let server = try TLSServer(certificate: own.certificate, key: own.key, version: "TLSv1_2")
        await expectFailure(.tls) { _ = try await send(to: server, trusting: own.certificate) }
    }

    @Test("a self-signed certificate nobody configured is refused")
    func selfSigned() async throws {
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        await expectFailure(.tls) { _ = try await send(to: server, trusting: nil) }
    }

    @Test("a certificate of another authority is refused")
    func otherAuthority() async throws {
        let other = try TestCertificate(in: folder, name: "other", for: "IP:127.0.0.1")
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        await expectFailure(.tls) { _ = try await send(to: server, trusting: other.certificate) }
    }

    @Test("a trusted certificate for another host is refused")
    func otherHost() async throws {
        let other = try TestCertificate(in: folder, name: "other", for: "DNS:example.com")
        let server = try TLSServer(certificate: other.certificate, key: other.key)
        await expectFailure(.tls) { _ = try await send(to: server, trusting: other.certificate) }
    }

    @Test("a bundle that does not exist refuses everything")
    func missingBundle() async throws {
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        await expectFailure(.tls) { _ = try await send(to: server, trusting: folder.path("absent.pem")) }
    }

    @Test("requests over TLS run at the same time")
    func parallel() async throws {
        let server = try TLSServer(certificate: own.certificate, key: own.key, gate: 4)
        let client = CurlClient(.init(caBundle: own.certificate))
        let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 { group.addTask { try await client.send(request).text } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "TLSv1.3", count: 4))
    }

    private func send(to server: TLSServer, trusting bundle: String?) async throws -> HTTPResponse {
        let client = CurlClient(.init(caBundle: bundle))
        return try await client.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
    }
}
