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
