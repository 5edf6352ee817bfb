/// Sends requests; the one implementation that leaves the machine is `CurlClient`.
package protocol HTTPClient: Sendable {
    /// Sends one request and returns the answer, whatever its status; throws where there is none.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
