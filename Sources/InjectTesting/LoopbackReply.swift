/// What a fake server does with a request.
package enum LoopbackReply: Sendable {
    /// Answers; `Content-Length` is added.
    case answer(status: Int, headers: [(name: String, value: String)], body: [UInt8])
    /// Sends a body in chunks for as long as somebody reads it.
    case endless
    /// Says nothing until the client goes.
    case silence
    /// Closes the connection without a word.
    case hangUp
    /// Sends exactly these bytes and closes the connection.
    case raw(String)

    /// Answers with text.
    package static func text(
        _ text: String,
        status: Int = 200,
        headers: [(name: String, value: String)] = []
    ) -> LoopbackReply {
        .answer(status: status, headers: headers, body: Array(text.utf8))
    }
}
