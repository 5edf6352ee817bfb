import HTTPTransport
import InjectTesting
import Testing

@Suite("A proxy that does not do what it should")
struct CurlProxyTests {
    private static let url = "https://aws.example/"

    /// What both clients say of a request; the eager one has the connection opened early.
    private func errors(through proxy: String) async throws -> [HTTPError] {
        let configuration = CurlClient.Configuration(proxy: .init(url: proxy))
        let eager = EagerClient(configuration)
        eager.open(Self.url)
        let clients: [any HTTPClient] = [CurlClient(configuration), eager]
        var errors: [HTTPError] = []
        for client in clients {
            let request = HTTPRequest(method: .post, url: Self.url, body: .bytes([1]))
            errors.append(try #require(await #expect(throws: HTTPError.self) { try await client.send(request) }))
        }
        return errors
    }

    @Test(
        "an answer that opens no way is the proxy's, and passes where it is busy or broken",
        arguments: [
            (407, HTTPError.Code.proxy), (403, .proxy), (302, .proxy), (429, .proxyUnreachable),
            (503, .proxyUnreachable),
        ]
    )
    func refused(status: Int, code: HTTPError.Code) async throws {
        let proxy = try LoopbackServer { _ in .text("", status: status) }
        for error in try await errors(through: proxy.url) {
            #expect(error.code == code)
            #expect(error.message == "no answer from `https://aws.example/`: the proxy answered \(status)")
        }
        #expect(proxy.requests.allSatisfy { $0.method == "CONNECT" && $0.target == "aws.example:443" })
    }

    @Test("a proxy that nobody runs is told apart from a server that nobody runs")
    func away() async throws {
        let server = try LoopbackServer { _ in .text("") }
        server.stop()
        for error in try await errors(through: "http://svc:w0rd@127.0.0.1:\(server.port)") {
            #expect(error.code == .proxyUnreachable)
            #expect(error.message.contains("127.0.0.1") && !error.message.contains("w0rd"))
        }
    }

    @Test(
        "an address that is no proxy's is named by its variable, and nothing of it is said",
        arguments: [
            "http://svc:Pa/ss#w0rd@127.0.0.1:1", "http://127.0.0.1:1/w0rd@127.0.0.1:1", "svc:Pa#w0rd@127.0.0.1",
            "http://svc:w0rd?@127.0.0.1:1", "http://svc:Pa w0rd@127.0.0.1:1", "ftp://svc:w0rd@127.0.0.1:1",
            "http://svc:w0rd@127.0.0.1:99999", "http://",
        ]
    )
    func malformed(proxy: String) async throws {
        for error in try await errors(through: proxy) {
            #expect(error.code == .proxy)
            #expect(
                error.message == """
                    `HTTPS_PROXY` is not the address of a proxy; in its password, write `/` as `%2F`, `?` as `%3F` and \
                    `#` as `%23`
                    """
            )
        }
    }
}
