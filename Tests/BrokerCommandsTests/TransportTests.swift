import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("inject-broker: transport and limits")
struct TransportTests {
    private static let host = "Host: x\r\n"

    /// The statuses in what a connection answered.
    private static func statuses(_ text: String?) -> [String] {
        (text ?? "(open)").matches(of: /HTTP\/1\.1 (\d{3})/).map { String($0.1) }
    }

    @Test(
        "what two readers could read as two different requests is answered once, with a refusal, and the connection ends",
        arguments: [
            "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
            "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "Content-Length: 3, 4\r\n\r\nabcd", "Content-Length: -1\r\n\r\n", "Content-Length: 0x3\r\n\r\nabc",
            "Content-Length: 99999999999999999999999\r\n\r\n", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", "X: a\u{0}b\r\n\r\n",
        ])
    func smuggling(rest: String) async throws {
        let bench = try BrokerBench()
        let connection = RawConnection(port: bench.broker.port)
        connection.send("POST /v1/token HTTP/1.1\r\n" + Self.host + rest)
        let answered = connection.rest(within: 20)
        let statuses = Self.statuses(answered)
        #expect(answered != nil, "left open")
        #expect(statuses.count <= 1 && statuses.allSatisfy { $0.hasPrefix("4") }, "\(answered ?? "")")
        #expect(try await bench.send(.get, "/healthz").status == 200)
    }

    @Test("a header that is too long, has too many fields, or a target that is too long, is refused")
    func longHeaders() async throws {
        let bench = try BrokerBench()
        let long = String(repeating: "a", count: 40_000)
        let many = (0..<2000).map { "X-\($0): y\r\n" }.joined()
        for request in [
            "GET /healthz HTTP/1.1\r\n\(Self.host)X: \(long)\r\n\r\n",
            "GET /healthz HTTP/1.1\r\n\(Self.host)\(many)\r\n",
            "GET /\(long) HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n",
        ] {
            let connection = RawConnection(port: bench.broker.port)
            connection.send(request)
            let statuses = Self.statuses(connection.rest(within: 20))
            #expect(statuses.allSatisfy { $0.hasPrefix("4") }, "\(statuses)")
        }
        #expect(try await bench.send(.get, "/healthz").status == 200)
    }

    @Test("a body of more than 32 KiB is refused, said or chunked")
    func longBodies() async throws {
        let bench = try BrokerBench()
        let body = String(repeating: "a", count: 40_000)
        let response = try await bench.send(.post, "/v1/token", type: "application/x-www-form-urlencoded", body: body)
        #expect(response.status == 413)
        let connection = RawConnection(port: bench.broker.port)
        connection.send("POST /v1/token HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<50 { connection.send("400\r\n" + String(repeating: "a", count: 1024) + "\r\n") }
        #expect(Self.statuses(connection.rest(within: 20)) == ["413"])
    }

    @Test("whoever is slow with a header, a body or the next request is hung up on, and others are served meanwhile")
    func slow() async throws {
        let bench = try BrokerBench()
        let silent = RawConnection(port: bench.broker.port)
        let header = RawConnection(port: bench.broker.port)
        header.send("POST /v1/token HTTP/1.1\r\nX: ")
        let body = RawConnection(port: bench.broker.port)
        body.send("POST /v1/token HTTP/1.1\r\n\(Self.host)Content-Length: 100\r\n\r\nabc")
        let answered = RawConnection(port: bench.broker.port)
        answered.send("GET /healthz HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(try await bench.exchange(bench.token()).status == 200)
        #expect(Self.statuses(answered.rest(within: 60)) == ["200"])
        for connection in [silent, header, body] { #expect(connection.rest(within: 60) != nil) }
    }

    @Test("connections that are half closed or reset in the middle leave the broker well")
    func broken() async throws {
        let bench = try BrokerBench()
        for text in ["", "POST", "POST /v1/token HTTP/1.1\r\n\(Self.host)Content-Length: 10\r\n\r\nabc"] {
            let half = RawConnection(port: bench.broker.port)
            half.send(text)
            half.finish()
            #expect(half.rest(within: 20) != nil)
            let reset = RawConnection(port: bench.broker.port)
            reset.send(text)
            reset.reset()
        }
        #expect(try await bench.exchange(bench.token()).status == 200)
    }

    @Test("one address cannot have all connections")
    func connections() async throws {
        let bench = try BrokerBench(extra: #"limits: { connections_per_address: "4" }"#)
        let many = (0..<8).map { _ in RawConnection(port: bench.broker.port) }
        #expect(many.suffix(4).allSatisfy { $0.rest(within: 20) == "" })
    }

    @Test("an address that fails too often is turned away unseen, and told when to come back; taking back still works")
    func failures() async throws {
        let bench = try BrokerBench(extra: #"limits: { failures: "3", window: 60s }"#)
        let token = try await bench.accessToken()
        for _ in 0..<3 { #expect(try await bench.exchange("a.b.c").status == 400) }
        let response = try await bench.send(.post, "/v1/token", type: "application/x-www-form-urlencoded", body: "")
        #expect(response.status == 429)
        #expect(response.header("Retry-After").flatMap(Int.init).map { (1...60).contains($0) } == true)
        #expect(try await bench.fetch(token).status == 429)
        #expect(try await bench.form("/v1/revoke", [("token", token)]).status == 200)
        #expect(
            bench.broker.logged.contains(#""message":"alert","detail":"127.0.0.1","kind":"failed-authentications""#))
    }

    @Test("TLS is 1.3 or nothing")
    func tls() async throws {
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder, name: "broker", for: "IP:127.0.0.1")
        let bench = try BrokerBench(
            extra: "tls: { certificate: \(certificate.certificate), key: \(certificate.key) }")
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: folder.url)
        let arguments = [
            "s_client", "-connect", "127.0.0.1:\(bench.broker.port)", "-CAfile", certificate.certificate,
            "-verify_return_error", "-quiet",
        ]
        let request = Array("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
        let good = try openssl.run(arguments + ["-tls1_3", "-ign_eof"], input: request)
        #expect(good.output.contains("HTTP/1.1 200 OK"), "\(good)")
        let old = try openssl.run(arguments + ["-tls1_2"], input: request)
        #expect(old.status != 0 && !old.output.contains("HTTP/1.1"))
    }

    @Test("on a network the broker refuses to start without TLS")
    func plain() throws {
        let folder = try TemporaryFolder()
        let text = """
            version: "1"
            listen: 0.0.0.0:0
            url: https://broker.example
            issuers: github
            policies: { folder: policies }
            state: { memory: "true" }
            audit: { file: audit.jsonl }

            """
        try folder.write("broker.yaml", text)
        let result = try CommandRunner(product: "inject-broker", in: folder).run(["check", "--config", "broker.yaml"])
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("error[broker-configuration]: tokens would cross the network in clear\n"))
    }
}
