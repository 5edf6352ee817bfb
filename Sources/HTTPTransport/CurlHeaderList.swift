import CCurl
import Secrets

/// The header lines of a request as libcurl wants them; freeing them wipes them.
struct CurlHeaderList: ~Copyable {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// The headers of a request; with `declaresLength`, libcurl did not know the body when it began.
    init(_ request: HTTPRequest, declaresLength: Bool = false) throws(HTTPError) {
        for (name, value) in request.headers { try append(name, value) }
        if declaresLength {
            try append("Content-Length", .plain(String(request.body.count ?? 0)))
            // Without this, libcurl would send the body in chunks.
            try append(rawLine: "Transfer-Encoding:")
        }
        // Without these, libcurl adds a form's content type and waits for `100 Continue`.
        guard request.body.count != nil else { return }
        try append(rawLine: "Expect:")
        let hasType = request.headers.contains { ASCII.isEqualIgnoringCase($0.name, "Content-Type") }
        if !hasType { try append(rawLine: "Content-Type:") }
    }

    deinit { inject_curl_slist_free_all(head) }

    private mutating func append(_ name: String, _ value: HTTPHeaderValue) throws(HTTPError) {
        guard ASCII.isToken(name) else { throw HTTPError(.badRequest, "a header's name is not a token") }
        do {
            var line = try SecretBuffer(capacity: 4096)
            try line.append(name + ": ")
            try Self.append(value, to: &line)
            guard line.withExposedBytes({ $0.allSatisfy(ASCII.isFieldByte) }) else {
                throw HTTPError(.badRequest, "the value of header `\(name)` has a line break or control character")
            }
            try line.append(0)
            try line.withExposedBytes { (bytes) throws(HTTPError) in try append(terminated: bytes) }
        } catch let error as HTTPError {
            throw error
        } catch {
            throw HTTPError(.memory, "no memory for header `\(name)`")
        }
    }

    private static func append(_ value: HTTPHeaderValue, to line: inout SecretBuffer) throws(SecretMemoryError) {
        switch value {
        case .plain(let text): try line.append(text)
        case .secret(let prefix, let secret):
            try line.append(prefix)
            try secret.withExposedBytes { (bytes) throws(SecretMemoryError) in try line.append(bytes) }
        }
    }

    private mutating func append(rawLine line: StaticString) throws(HTTPError) {
        try append(terminated: UnsafeRawBufferPointer(start: line.utf8Start, count: line.utf8CodeUnitCount + 1))
    }

    /// Appends libcurl's copy of a line that ends in a NUL.
    private mutating func append(terminated line: UnsafeRawBufferPointer) throws(HTTPError) {
        guard let text = line.bindMemory(to: CChar.self).baseAddress, let longer = inject_curl_slist_append(head, text)
        else {
            throw HTTPError(.memory, "no memory for a header")
        }
        head = longer
    }
}
