import Diagnostics
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@testable import AWSClient

@Suite("Errors of AWS")
struct AWSErrorTests {
    private static func error(_ reply: LoopbackReply) async throws -> AWSError {
        let server = try LoopbackServer { _ in reply }
        var settings = try AWSSettings(region: "eu-west-1")
        settings.maximumAttempts = 1
        try settings.override(.kms, with: server.url, from: "test")
        let connection = AWSConnection(settings, http: CurlClient(), surroundings: .init(now: { 1_787_000_000 }))
        let credentials = AWSCredentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: try .of("secret"),
            sessionToken: nil
        )
        let call = AWSCall.json(.kms, "Decrypt", target: "TrentService", body: .bytes([]))
        do throws(AWSError) {
            _ = try await connection.json(call, signedBy: credentials)
        } catch {
            return error
        }
        throw Nothing()
    }

    private struct Nothing: Error {}

    @Test(
        "the code is read from wherever a service puts it",
        arguments: [
            (
                #"{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"m"}"#, [],
                "AccessDeniedException", "m"
            ),
            (#"{"__type":"ThrottlingException","message":"m"}"#, [], "ThrottlingException", "m"),
            (#"{"message":"m"}"#, [("x-amzn-ErrorType", "X:http://internal.amazon.com/")], "X", "m"),
            (#"{"code":"Y"}"#, [], "Y", ""),
            (
                "<ErrorResponse><Error><Code>Z</Code><Message>m &amp; n</Message></Error></ErrorResponse>", [], "Z",
                "m & n"
            ),
            (
                "<Response><Errors><Error><Code>Z</Code></Error></Errors></Response>", [("Content-Type", "text/html")],
                "Z", ""
            ),
        ]
    )
    func codes(body: String, headers: [(String, String)], code: String, message: String) async throws {
        let reply = LoopbackReply.text(body, status: 400, headers: headers.map { (name: $0.0, value: $0.1) })
        let error = try await Self.error(reply)
        #expect(error.code == code && error.message == message)
        guard case .refused(400) = error.kind else {
            Issue.record("\(error.kind)")
            return
        }
    }

    @Test(
        "an answer that is none of AWS's is described and not repeated",
        arguments: [
            (403, "<html><body><h1>Blocked: sk_live_1</h1></body></html>", "text/html"),
            (200, "<html></html>", "text/html"),
            (200, "", "-"), (200, "{", "application/json"), (200, "[]", "application/json"), (502, "bad gateway", "-"),
            (400, "{}", "application/json"), (400, #"{"__type":7}"#, "application/json"),
        ]
    )
    func foreign(status: Int, body: String, type: String) async throws {
        let headers = type == "-" ? [] : [(name: "Content-Type", value: type)]
        let error = try await Self.error(.text(body, status: status, headers: headers))
        guard case .unreadable(status) = error.kind else {
            Issue.record("\(error.kind)")
            return
        }
        #expect(error.code.isEmpty && error.text.hasPrefix("KMS Decrypt answered \(status) with "))
        #expect(!error.text.contains("sk_live_1"))
    }

    @Test("what breaks off, never ends or is not HTTP is told apart")
    func transport() async throws {
        let broken = LoopbackReply.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":")
        for (reply, code) in [
            (broken, HTTPError.Code.transport), (.endless, .bodyTooLarge), (.hangUp, .transport),
            (.raw("no"), .transport),
        ] {
            guard case .unreachable(let found) = try await Self.error(reply).kind else {
                Issue.record("\(reply)")
                continue
            }
            #expect(found == code)
        }
    }

    @Test("a clock that is wrong by a day is named, with its direction")
    func skew() async throws {
        let body = #"{"__type":"InvalidSignatureException","message":"Signature expired"}"#
        let late = [(name: "Date", value: "Sun, 16 Aug 2026 20:53:20 GMT")]
        let error = try await Self.error(.text(body, status: 400, headers: late))
        #expect(error.clockSkew == 86_400)
        #expect(
            error.remarks == [
                .note("KMS Decrypt answered InvalidSignatureException: Signature expired"),
                .note("this machine's clock is 86400 s ahead of AWS's; a signature holds for 300 s"),
            ]
        )
    }

    @Test("text of a service is one line without control characters, and holds no token")
    func cleaned() async throws {
        let message = "a\u{1B}[31m\nb \(String(repeating: "x", count: 500)) eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
        let json =
            #"{"__type":"X","message":"\#(message.replacing("\u{1B}", with: "\\u001b").replacing("\n", with: "\\n"))"}"#
        let error = try await Self.error(.text(json, status: 400))
        #expect(error.message == "a [31m b … …")
    }
}
