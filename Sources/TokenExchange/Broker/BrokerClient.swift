package import Diagnostics
package import HTTPTransport
package import Secrets

/// Speaks with a broker: exchange (RFC 8693), fetch, revocation (RFC 7009) and explanation.
package struct BrokerClient: Sendable {
    /// What can differ between a test and a job.
    package struct Surroundings: Sendable {
        /// The time and chance of retries.
        package let clock: RetryClock
        /// Is told of every wait before it.
        package let onWait: @Sendable (RetryWait) -> Void

        /// Describes surroundings.
        package init(
            clock: RetryClock = .system,
            onWait: @escaping @Sendable (RetryWait) -> Void = { _ in }
        ) {
            self.clock = clock
            self.onWait = onWait
        }
    }

    /// A broker that wants to be left alone for longer is not waited for.
    private static let longestWait: Int64 = 30_000

    /// The broker.
    package let address: BrokerAddress
    private let http: any HTTPClient
    private let surroundings: Surroundings

    /// A client of one broker.
    package init(_ address: BrokerAddress, http: any HTTPClient, surroundings: Surroundings = Surroundings()) {
        self.address = address
        self.http = http
        self.surroundings = surroundings
    }

    /// Where the exchange is posted to: the request to open a connection for.
    package var tokenEndpoint: String { address.endpoint(BrokerCall.tokenPath) }

    /// Exchanges a job's token for one that reads these secrets, or whatever it may read, in an environment, where none is
    /// named.
    package func exchange(
        _ token: SecretBytes,
        for scope: [SecretPath],
        in environment: String? = nil
    ) async throws(Diagnostic) -> BrokerToken {
        let call = try Self.built { () throws(SecretMemoryError) in
            try BrokerCall.exchange(token, scope, in: environment)
        }
        return try await answer(to: call) { body throws(BrokerAnswerError) in
            try TokenAnswer.read(body, asked: scope)
        }
    }

    /// Fetches secrets, all of them or none.
    package func secrets(
        _ paths: [SecretPath],
        with token: BrokerToken
    ) async throws(Diagnostic) -> [BrokerSecret] {
        try await answer(to: .fetch(paths, token)) { body throws(BrokerAnswerError) in
            try SecretsAnswer.read(body, asked: paths)
        }
    }

    /// Ends a token's life; whoever asks for it is not cancelled any more.
    package func revoke(_ token: BrokerToken) async throws(Diagnostic) {
        let call = try Self.built { () throws(SecretMemoryError) in try BrokerCall.revocation(token) }
        _ = try await send(call)
    }

    /// Asks what the broker decides about secrets, or about all that the token may know of where none is named.
    package func decisions(
        about paths: [SecretPath],
        for token: SecretBytes
    ) async throws(Diagnostic) -> [BrokerDecision] {
        let call = try Self.built { () throws(SecretMemoryError) in try BrokerCall.explanation(token, paths) }
        return try await answer(to: call) { body throws(BrokerAnswerError) in
            try ExplanationAnswer.read(body, asked: paths)
        }
    }

    // MARK: - Sending

    func answer<Value>(
        to call: BrokerCall,
        _ read: (SecretBytes) throws(BrokerAnswerError) -> Value
    ) async throws(Diagnostic) -> Value {
        let answer = try await send(call)
        do throws(BrokerAnswerError) {
            return try read(answer.body)
        } catch {
            throw BrokerFailure(error).diagnostic(of: call, at: address)
        }
    }

    /// Sends a call until there is an answer of 200, a refusal, or no try left.
    func send(_ call: BrokerCall) async throws(Diagnostic) -> HTTPResponse {
        var attempt = 1
        while true {
            let failure: BrokerFailure
            switch await sendOnce(call) {
            case .success(let answer) where answer.status == 200: return answer
            case .success(let answer): failure = BrokerFailure(answer)
            case .failure(let error): failure = BrokerFailure(error)
            }
            guard let reason = failure.reasonToWait(call), attempt < call.attempts,
                let delay = delay(after: attempt, failure), !Task.isCancelled
            else { throw failure.diagnostic(of: call, at: address) }
            attempt += 1
            surroundings.onWait(
                RetryWait(milliseconds: delay, reason: reason, attempt: attempt, maximum: call.attempts))
            await surroundings.clock.sleep(delay)
            guard call.purpose == .revocation || !Task.isCancelled else {
                throw failure.diagnostic(of: call, at: address)
            }
        }
    }

    private func sendOnce(_ call: BrokerCall) async -> Result<HTTPResponse, HTTPError> {
        let request = call.request(address)
        let http = http
        let send = { @Sendable () async -> Result<HTTPResponse, HTTPError> in
            do throws(HTTPError) { return .success(try await http.send(request)) } catch { return .failure(error) }
        }
        // A task of its own is not cancelled with the one that waits for it.
        return call.isShielded ? await Task.detached { await send() }.value : await send()
    }

    /// 0.5, 1, 2 s, of which a random half is left away so that jobs do not come back together; the broker's own wish is
    /// longer than that, or more than anybody waits for.
    private func delay(after attempt: Int, _ failure: BrokerFailure) -> Int64? {
        let whole: Int64 = 500 << Int64(attempt - 1)
        let own = whole / 2 + Int64(Double(whole / 2) * min(max(surroundings.clock.chance(), 0), 1))
        let delay = max(own, failure.retryAfter ?? 0)
        return delay > Self.longestWait ? nil : delay
    }

    private static func built(
        _ body: () throws(SecretMemoryError) -> BrokerCall
    ) throws(Diagnostic) -> BrokerCall {
        do throws(SecretMemoryError) { return try body() } catch {
            throw Diagnostic(.brokerUnavailable, "there is no memory for a request to the broker")
        }
    }
}
