/// What a request asks for (RFC 9110, section 9).
package enum HTTPMethod: String, Sendable {
    /// Reads.
    case get = "GET"
    /// Sends a body for the server to act on.
    case post = "POST"
    /// Stores a body, which may be empty.
    case put = "PUT"
    /// Removes.
    case delete = "DELETE"
}
