import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("CurlClient on plain loopback")
struct CurlClientTests {
    private let client = CurlClient(CurlClient.Configuration(userAgent: "inject/test"))

    @Test("an answer arrives with status, headers and body")
    func answer() async throws {
        let server = try LoopbackServer { _ in
            .text("hello", status: 418, headers: [("X-One", " first "), ("x-one", "second")])
        }
        let response = try await client.send(.loopback(server, "/a?b=c"))
        #expect(response.status == 418)
        #expect(response.text == "hello")
        #expect(response.header("X-ONE") == "first")
        #expect(response.headers.map(\.name) == ["X-One", "x-one", "Content-Length"])
        #expect(server.requests.map(\.target) == ["/a?b=c"])
        #expect(server.requests.first?.header("user-agent") == "inject/test")
    }

    @Test("a secret header is sent behind its prefix")
    func secretHeader() async throws {
        let server = try LoopbackServer { _ in .text("") }
        var request = HTTPRequest.loopback(server)
        request.headers = [
            ("Authorization", .secret(prefix: "Bearer ", try .of("s3cret"))), ("Accept", .plain("text/plain")),
        ]
        _ = try await client.send(request)
        #expect(server.requests.first?.header("authorization") == "Bearer s3cret")
        #expect(server.requests.first?.headers.filter { $0.name == "accept" }.map(\.value) == ["text/plain"])
    }

    @Test("bodies are sent whole, secret or not", arguments: [HTTPMethod.post, .put], [0, 1, 100_000])
    func bodies(method: HTTPMethod, count: Int) async throws {
        let server = try LoopbackServer { _ in .text("") }
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var request = HTTPRequest.loopback(server)
        request.method = method
        for body in [HTTPBody.bytes(bytes), .secret(try bytes.withUnsafeBytes(SecretBytes.init(copying:)))] {
            request.body = body
            _ = try await client.send(request)
        }
        #expect(server.requests.map(\.body) == [bytes, bytes])
        #expect(server.requests.map(\.method) == [method.rawValue, method.rawValue])
        #expect(server.requests.allSatisfy { $0.header("content-type") == nil && $0.header("expect") == nil })
    }

    @Test("methods without a body are sent as they are named", arguments: [HTTPMethod.get, .delete, .put])
    func methods(method: HTTPMethod) async throws {
        let server = try LoopbackServer { _ in .text("") }
        var request = HTTPRequest.loopback(server)
        request.method = method
        _ = try await client.send(request)
        #expect(server.requests.map(\.method) == [method.rawValue])
    }

    @Test("requests one after another share a connection")
    func reuse() async throws {
        let server = try LoopbackServer { _ in .text("again") }
        for _ in 0..<5 { _ = try await client.send(.loopback(server)) }
        #expect(server.requests.count == 5)
        #expect(server.acceptCount == 1)
    }

    @Test("requests run at the same time")
    func parallel() async throws {
        let count = 6
        let gate = Gate(count: count)
        let server = try LoopbackServer { _ in
            gate.arriveAndWait()
            return .text("together")
        }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<count { group.addTask { try await client.send(.loopback(server)).text } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "together", count: count))
    }

    @Test("a redirect is an answer and is not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let server = try LoopbackServer { _ in .text("", status: status, headers: [("Location", "/elsewhere")]) }
        let response = try await client.send(.loopback(server))
        #expect(response.status == status)
        #expect(response.header("location") == "/elsewhere")
        #expect(server.requests.map(\.target) == ["/"])
    }

    @Test("cookies are neither kept nor sent")
    func cookies() async throws {
        let server = try LoopbackServer { _ in .text("", headers: [("Set-Cookie", "a=b; Path=/")]) }
        for _ in 0..<2 { _ = try await client.send(.loopback(server)) }
        #expect(server.requests.allSatisfy { $0.header("cookie") == nil })
    }

    @Test("a cancelled task ends its transfer")
    func cancellation() async throws {
        let arrived = Gate(count: 2)
        let server = try LoopbackServer { _ in
            arrived.arriveAndWait()
            return .silence
        }
        var request = HTTPRequest.loopback(server)
        request.timeout = .seconds(600)
        let task = Task { [request] in try await client.send(request) }
        await arrived.arrive()
        task.cancel()
        await expectFailure(.cancelled) { _ = try await task.value }
    }

    @Test("a task that is cancelled before it starts sends nothing that is waited for")
    func cancelledBefore() async throws {
        let server = try LoopbackServer { _ in .silence }
        let request = HTTPRequest.loopback(server)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(request)
        }
        await expectFailure(.cancelled) { _ = try await task.value }
    }

    @Test("the server's clock is read from its date")
    func serverTime() async throws {
        let server = try LoopbackServer { _ in .text("", headers: [("Date", "Tue, 24 Nov 2026 03:00:00 GMT")]) }
        #expect(try await client.send(.loopback(server)).serverTime == 1_795_489_200)
    }

    @Test(
        "the time that a cache had the answer counts, and an unreadable one is no clock",
        arguments: [
            ("0", 1_795_489_200), ("3600", 1_795_492_800), ("9999999999", 11_795_489_199), ("-1", nil), ("+1", nil),
            ("1.5", nil), ("1, 2", nil), ("99999999999", nil),
        ] as [(String, Int64?)]
    )
    func cachedServerTime(age: String, expected: Int64?) async throws {
        let headers = [("Date", "Tue, 24 Nov 2026 03:00:00 GMT"), ("Age", age)]
        let server = try LoopbackServer { _ in .text("", headers: headers) }
        #expect(try await client.send(.loopback(server)).serverTime == expected)
    }

    @Test("an unreadable date is no clock", arguments: ["", "yesterday", "99999999999999999999"])
    func noServerTime(date: String) async throws {
        let server = try LoopbackServer { _ in .text("", headers: [("Date", date)]) }
        #expect(try await client.send(.loopback(server)).serverTime == nil)
    }
}
