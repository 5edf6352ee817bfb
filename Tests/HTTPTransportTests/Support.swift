import HTTPTransport
import InjectTesting
import Testing

extension HTTPRequest {
    /// A request to a fake server, with permission for plain HTTP.
    static func loopback(_ server: LoopbackServer, _ target: String = "/") -> HTTPRequest {
        HTTPRequest(url: server.url + target, allowsPlainHTTPToLoopback: true)
    }
}

extension HTTPResponse {
    var text: String { body.exposedText }
}

/// Expects a request to fail in one way.
func expectFailure(
    _ code: HTTPError.Code,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("no failure, expected \(code)", sourceLocation: sourceLocation)
    } catch let error as HTTPError {
        #expect(error.code == code, "\(error.message)", sourceLocation: sourceLocation)
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
}
