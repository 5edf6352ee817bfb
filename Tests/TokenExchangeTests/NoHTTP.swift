import HTTPTransport

/// A network that is not there.
struct NoHTTP: HTTPClient {
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        throw HTTPError(.connect, "there is no network")
    }
}
