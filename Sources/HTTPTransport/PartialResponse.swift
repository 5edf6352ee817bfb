import Secrets

/// An answer that is still arriving; it stops the transfer at the first byte beyond a limit.
///
/// libcurl's own limit does not see bodies of unknown length before 8.4.0 (CURLOPT_MAXFILESIZE(3)).
struct PartialResponse: ~Copyable {
    /// The longest headers, in bytes, interim answers included.
    static let headerLimit = 64 * 1024

    private(set) var failure: HTTPError.Code?
    private let maximumBodyBytes: Int
    private var headerCount = 0
    private var headers: [(name: String, value: String)] = []
    private var bodyCount = 0
    private var body: SecretBuffer?

    init(maximumBodyBytes: Int) throws(HTTPError) {
        self.maximumBodyBytes = maximumBodyBytes
        do {
            body = try SecretBuffer()
        } catch {
            throw HTTPError(.memory, "no memory for an answer")
        }
    }

    /// Returns false where the transfer has to stop.
    mutating func appendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= maximumBodyBytes - bodyCount else { return stop(.bodyTooLarge) }
        do {
            try body?.append(bytes)
            bodyCount += bytes.count
            return true
        } catch {
            return stop(.memory)
        }
    }

    /// Takes one line, the status line and the empty one included; returns false where the transfer has to stop.
    mutating func appendHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerCount += line.count
        guard headerCount <= Self.headerLimit else { return stop(.headersTooLarge) }
        // A status line begins the headers of the next answer, such as the one after `100 Continue`.
        guard !line.starts(with: "HTTP/".utf8) else {
            headers = []
            return true
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        headers.append((Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
        return true
    }

    /// Ends the answer and hands the body over; a second call has none to hand.
    mutating func finish(status: Int) -> HTTPResponse? {
        guard let body = body.take() else { return nil }
        return HTTPResponse(status: status, headers: headers, body: body.finish())
    }

    private mutating func stop(_ code: HTTPError.Code) -> Bool {
        failure = code
        return false
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
