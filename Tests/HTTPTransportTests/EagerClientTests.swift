import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("Connections opened early")
struct EagerClientTests {
    static let body = "a=1&b=2"

    private func request(_ server: LoopbackServer, _ body: String = Self.body, path: String = "/") -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: server.url + path,
            headers: [(name: "content-type", value: .plain("text/plain")), (name: "x-test", value: .plain("1"))],
            body: .bytes(Array(body.utf8)),
            allowsPlainHTTPToLoopback: true
        )
    }

    @Test("the first request goes over the open connection, whole and with its length")
    func first() async throws {
        let connected = Gate(count: 2)
        let server = try LoopbackServer(
            onAccept: { connected.arriveAndWait() },
            { .text(String(decoding: $0.body, as: UTF8.self)) }
        )
        let client = EagerClient()
        client.open(server.url + "/")
        await connected.arrive()
        #expect(server.requests.isEmpty)
        let answer = try await client.send(request(server))
        #expect(answer.status == 200)
        #expect(answer.body.exposedText == Self.body)
        let received = try #require(server.requests.first)
        #expect(server.acceptCount == 1 && server.requests.count == 1)
        #expect(received.header("content-length") == "7")
        #expect(received.header("transfer-encoding") == nil && received.header("expect") == nil)
        #expect(received.header("content-type") == "text/plain" && received.header("x-test") == "1")
        #expect(String(decoding: received.body, as: UTF8.self) == Self.body)
    }

    @Test("many requests at once all get their own answer")
    func many() async throws {
        let server = try LoopbackServer { .text(String(decoding: $0.body, as: UTF8.self)) }
        let client = EagerClient()
        client.open(server.url + "/")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                let request = request(server, "body \(index)")
                group.addTask { try await client.send(request).body.exposedText == "body \(index)" }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.requests.count == 20)
    }

    @Test("a request of another kind does not wait for the one that the connection was opened for")
    func otherKind() async throws {
        let server = try LoopbackServer { _ in .text("x") }
        let client = EagerClient()
        client.open(server.url + "/")
        let get = HTTPRequest(url: server.url + "/", allowsPlainHTTPToLoopback: true)
        #expect(try await client.send(get).status == 200)
        #expect(try await client.send(request(server, path: "/other")).status == 200)
        #expect(try await client.send(request(server)).status == 200)
    }

    @Test("a connection that could not be opened is tried again by the request, which says why it fails")
    func unreachable() async throws {
        let server = try LoopbackServer { _ in .text("x") }
        let request = request(server)
        server.stop()
        let client = EagerClient()
        client.open(server.url + "/")
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .connect)
    }

    @Test("a request that is cancelled on an open connection ends")
    func cancelled() async throws {
        let asked = Gate(count: 2)
        let server = try LoopbackServer { _ in
            asked.arriveAndWait()
            return .silence
        }
        let client = EagerClient()
        client.open(server.url + "/")
        var request = request(server)
        request.timeout = .seconds(600)
        let task = Task { [request] in try await client.send(request) }
        await asked.arrive()
        task.cancel()
        let result = await task.result
        #expect((result.failure as? HTTPError)?.code == .cancelled)
    }

    @Test("a client goes without having been asked anything, and nothing was sent")
    func unused() async throws {
        let connected = Gate(count: 2)
        let server = try LoopbackServer(onAccept: { connected.arriveAndWait() }, { _ in .text("x") })
        do {
            let client = EagerClient()
            client.open(server.url + "/")
            await connected.arrive()
            withExtendedLifetime(client) {}
        }
        #expect(server.requests.isEmpty && server.acceptCount == 1)
    }

    @Test("a server that says nothing is given up after the request's own time")
    func timeout() async throws {
        let server = try LoopbackServer { _ in .silence }
        let client = EagerClient()
        client.open(server.url + "/")
        var request = request(server)
        request.timeout = .milliseconds(50)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .timeout)
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
