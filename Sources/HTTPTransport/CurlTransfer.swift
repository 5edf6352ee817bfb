import CCurl
import Secrets

/// One request on its way; lives on the loop's thread alone.
final class CurlTransfer {
    let id: UInt64
    let easy: UnsafeMutableRawPointer
    let late: LateRequest?
    let startedAt = RetryClock.system.milliseconds()
    var reply: CurlLoop.Reply?
    var request: HTTPRequest
    let target: CurlAddress
    let address: HTTPAddress
    /// The proxy to go through; what stays on this machine takes none.
    let proxy: CurlClient.Configuration.Proxy?
    var headers: CurlHeaderList
    var answer: PartialResponse
    var sentCount = 0
    let detail: UnsafeMutablePointer<CChar>

    /// A transfer that opens a connection for a request to come.
    convenience init(
        connectingTo url: String,
        _ configuration: CurlClient.Configuration,
        _ late: LateRequest
    ) throws(HTTPError) {
        let request = HTTPRequest(method: .post, url: url, timeout: .seconds(60), allowsPlainHTTPToLoopback: true)
        try self.init(late.id, request, configuration, nil, late)
    }

    init(
        _ id: UInt64,
        _ request: HTTPRequest,
        _ configuration: CurlClient.Configuration,
        _ reply: CurlLoop.Reply?,
        _ late: LateRequest? = nil
    ) throws(HTTPError) {
        let target = try CurlAddress(request.url)
        let address = try HTTPAddress(target)
        guard
            address.scheme == "https" || (request.allowsPlainHTTPToLoopback && address.isLoopback)
                || (request.allowsPlainHTTPToMetadata && address.isMetadata)
        else {
            throw HTTPError(.badURL, "`\(address.shown)` is not an `https` address")
        }
        let headers = try CurlHeaderList(request, declaresLength: late != nil)
        let answer = try PartialResponse(maximumBodyBytes: request.maximumBodyBytes)
        guard let easy = inject_curl_easy_init() else { throw HTTPError(.memory, "no memory for a request") }
        self.id = id
        self.easy = easy
        self.reply = reply
        self.late = late
        self.request = request
        self.target = target
        self.address = address
        proxy = address.scheme == "https" ? configuration.proxy : nil
        self.headers = headers
        self.answer = answer
        detail = .allocate(capacity: Int(CURL_ERROR_SIZE))
        detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        guard apply(configuration) else { throw HTTPError(.memory, "libcurl did not take an option of the request") }
    }

    deinit {
        inject_curl_easy_cleanup(easy)
        detail.deallocate()
    }

    /// What became of the request, given libcurl's word.
    func result(of code: CURLcode) -> Result<HTTPResponse, HTTPError> {
        if let failure = answer.failure { return .failure(HTTPError(failure, failureText(failure))) }
        guard code == CURLE_OK else { return .failure(error(for: code)) }
        var status = 0
        inject_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        guard let response = answer.finish(status: status) else { return .failure(error(for: CURLE_RECV_ERROR)) }
        return .success(response)
    }

    private func failureText(_ code: HTTPError.Code) -> String {
        switch code {
        case .bodyTooLarge: "the answer of `\(address.shown)` is longer than \(request.maximumBodyBytes) bytes"
        case .headersTooLarge: "the headers of `\(address.shown)` are longer than \(PartialResponse.headerLimit) bytes"
        default: "no memory for the answer of `\(address.shown)`"
        }
    }

    private func error(for code: CURLcode) -> HTTPError {
        if let fault = proxyFault(code) { return fault }
        let kind = isProxyAway(code) ? .proxyUnreachable : HTTPError.Code(code)
        let reason =
            switch kind {
            // libcurl's own words name hosts, ports and certificates here, and nothing of what was sent.
            case .connect, .proxyUnreachable, .tls: String(cString: detail).filter { $0.isASCII && !$0.isNewline }
            // The scheme was checked before: this is what libcurl says of an answer without a status line.
            case .transport where code == CURLE_UNSUPPORTED_PROTOCOL: "the answer is not HTTP"
            default: ""
            }
        let text = reason.isEmpty ? String(cString: inject_curl_easy_strerror(code)) : reason
        return HTTPError(kind, "no answer from `\(address.shown)`: \(text)")
    }
}
