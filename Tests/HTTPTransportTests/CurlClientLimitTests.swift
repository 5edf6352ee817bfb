import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("CurlClient's limits and refusals")
struct CurlClientLimitTests {
    private let client = CurlClient()

    @Test("an endless body without a length is cut off")
    func endless() async throws {
        let server = try LoopbackServer { _ in .endless }
        var request = HTTPRequest.loopback(server)
        request.maximumBodyBytes = 100_000
        await expectFailure(.bodyTooLarge) { _ = try await client.send(request) }
    }

    @Test("a body of exactly the limit passes, and one byte more does not")
    func exactLimit() async throws {
        let server = try LoopbackServer { request in .text(request.path == "/" ? "12345" : "123456") }
        var request = HTTPRequest.loopback(server)
        request.maximumBodyBytes = 5
        #expect(try await client.send(request).text == "12345")
        request.url += "more"
        await expectFailure(.bodyTooLarge) { _ = try await client.send(request) }
    }

    @Test("large headers are read up to 64 KiB together")
    func headers() async throws {
        let server = try LoopbackServer { request in
            let count = request.path == "/" ? 30 : 33
            return .text("", headers: (0..<count).map { ("X-\($0)", String(repeating: "v", count: 2000)) })
        }
        #expect(try await client.send(.loopback(server)).headers.count == 31)
        await expectFailure(.headersTooLarge) { _ = try await client.send(.loopback(server, "/more")) }
    }

    @Test("endless interim answers count as headers")
    func interim() async throws {
        let interim = String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n", count: 3000)
        let server = try LoopbackServer { _ in .raw(interim + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        await expectFailure(.headersTooLarge) { _ = try await client.send(.loopback(server)) }
    }

    @Test("headers of an interim answer are not those of the answer")
    func interimHeaders() async throws {
        let server = try LoopbackServer { _ in
            .raw("HTTP/1.1 103 Early\r\nX-A: early\r\n\r\nHTTP/1.1 200 OK\r\nX-B: b\r\nContent-Length: 0\r\n\r\n")
        }
        let response = try await client.send(.loopback(server))
        #expect(response.status == 200)
        #expect(response.headers.map(\.name) == ["X-B", "Content-Length"])
    }

    @Test("a server that says nothing is left after the time-out")
    func silence() async throws {
        let server = try LoopbackServer { _ in .silence }
        var request = HTTPRequest.loopback(server)
        request.timeout = .milliseconds(50)
        await expectFailure(.timeout) { _ = try await client.send(request) }
    }

    @Test(
        "what is not HTTP or ends early is a broken transport",
        arguments: ["", "no HTTP\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"]
    )
    func broken(bytes: String) async throws {
        let server = try LoopbackServer { _ in .raw(bytes) }
        await expectFailure(.transport) { _ = try await client.send(.loopback(server)) }
    }

    @Test("a closed port cannot be connected to")
    func closedPort() async throws {
        let server = try LoopbackServer { _ in .hangUp }
        server.stop()
        await expectFailure(.connect) { _ = try await client.send(.loopback(server)) }
    }

    @Test("plain HTTP needs permission even to loopback")
    func permission() async throws {
        let server = try LoopbackServer { _ in .text("") }
        var request = HTTPRequest.loopback(server)
        request.allowsPlainHTTPToLoopback = false
        await expectFailure(.badURL) { _ = try await client.send(request) }
        #expect(server.acceptCount == 0)
    }

    @Test(
        "with permission, plain HTTP still goes to loopback alone",
        arguments: [
            "http://example.invalid/", "http://127.0.0.1.example.invalid/", "http://localhost.example.invalid/",
            "http://10.0.0.1/", "http://[::2]/", "http://localhost./", "http://127.0.0.2/",
        ]
    )
    func notLoopback(url: String) async throws {
        let request = HTTPRequest(url: url, allowsPlainHTTPToLoopback: true)
        await expectFailure(.badURL) { _ = try await client.send(request) }
    }

    @Test(
        "addresses that are never asked",
        arguments: [
            "", "example.invalid", "//example.invalid/", "ftp://example.invalid/", "file:///etc/passwd", "https://",
            "https://user@127.0.0.1/", "https://user:pass@127.0.0.1/", "https://:@127.0.0.1/",
            "https://127.0.0.1/a b", "https://127.0.0.1/\u{0}", "https://127.0.0.1/\r\nX: y", "https://127.0.0.1/é",
            "gopher://127.0.0.1/", "https:\\\\127.0.0.1\\", "https://127.0.0.1:99999/",
        ]
    )
    func badAddress(url: String) async throws {
        await expectFailure(.badURL) {
            _ = try await client.send(HTTPRequest(url: url, allowsPlainHTTPToLoopback: true))
        }
    }

    @Test(
        "headers that would become other headers are refused",
        arguments: [
            ("", "v"), ("A B", "v"), ("A:", "v"), ("A\r\nB", "v"), ("A", "v\r\nB: w"), ("A", "v\u{0}"), ("A", "\u{7F}"),
        ]
    )
    func badHeader(name: String, value: String) async throws {
        let server = try LoopbackServer { _ in .text("") }
        for value in [HTTPHeaderValue.plain(value), .secret(prefix: "", try SecretBytes.of(value))] {
            var request = HTTPRequest.loopback(server)
            request.headers = [(name, value)]
            await expectFailure(.badRequest) { _ = try await client.send(request) }
        }
        #expect(server.acceptCount == 0)
    }

    @Test("an error names the host and the path, and neither query nor header")
    func errorText() async throws {
        let server = try LoopbackServer { _ in .hangUp }
        var request = HTTPRequest.loopback(server, "/path?token=hidden-query")
        request.headers = [("Authorization", .plain("hidden-header"))]
        let error = await #expect(throws: HTTPError.self) { _ = try await client.send(request) }
        let message = try #require(error?.message)
        #expect(message.contains("http://127.0.0.1:\(server.port)/path`"))
        #expect(!message.contains("hidden"))
    }

    @Test("an environment's proxy is used only where it is named")
    func proxyFromEnvironment() {
        typealias Proxy = CurlClient.Configuration.Proxy
        let both = ["HTTPS_PROXY": "http://p:1", "NO_PROXY": "a,b"]
        #expect(Proxy { both[$0] }?.url == "http://p:1")
        #expect(Proxy { both[$0] }?.exceptions == "a,b")
        #expect(Proxy { ["https_proxy": "http://q:2"][$0] }?.url == "http://q:2")
        #expect(Proxy { ["HTTPS_PROXY": ""][$0] } == nil)
        #expect(Proxy { ["HTTP_PROXY": "http://p:1", "NO_PROXY": "a"][$0] } == nil)
    }

    @Test("a configured proxy is asked for the tunnel, and not for what stays on this machine")
    func proxy() async throws {
        let proxy = try LoopbackServer { _ in .text("", status: 403) }
        let client = CurlClient(.init(proxy: .init(url: proxy.url)))
        await expectFailure(.proxy) { _ = try await client.send(HTTPRequest(url: "https://example.invalid/")) }
        #expect(proxy.requests.map(\.method) == ["CONNECT"])
        #expect(proxy.requests.map(\.target) == ["example.invalid:443"])
        let server = try LoopbackServer { _ in .text("direct") }
        #expect(try await client.send(.loopback(server)).text == "direct")
        #expect(proxy.requests.count == 1)
    }
}
