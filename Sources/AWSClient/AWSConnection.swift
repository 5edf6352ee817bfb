package import Diagnostics
package import HTTPTransport

/// Sends calls to the services of one region: finds the endpoint, signs, tries again, and tells errors apart.
package struct AWSConnection: Sendable {
    /// What can differ between a test and a job.
    package struct Surroundings: Sendable {
        /// Seconds since the Unix epoch.
        package let now: @Sendable () -> Int64
        /// The time and chance of retries.
        package let clock: RetryClock
        /// Is told of every wait before it.
        package let onWait: @Sendable (RetryWait) -> Void

        /// Describes surroundings.
        package init(
            now: @escaping @Sendable () -> Int64,
            clock: RetryClock = .system,
            onWait: @escaping @Sendable (RetryWait) -> Void = { _ in }
        ) {
            self.now = now
            self.clock = clock
            self.onWait = onWait
        }
    }

    private static let timeout = Duration.seconds(10)
    /// The largest answer has 20 values of 64 KiB, whose bytes JSON may write as six.
    private static let longestAnswer = 16 << 20

    /// Region, endpoints and number of tries.
    package let settings: AWSSettings
    private let http: any HTTPClient
    private let surroundings: Surroundings
    private let quotas: [AWSService: RetryQuota]

    /// A connection whose requests share one allowance of tries a service.
    package init(_ settings: AWSSettings, http: any HTTPClient, surroundings: Surroundings) {
        self.settings = settings
        self.http = http
        self.surroundings = surroundings
        quotas = Dictionary(uniqueKeysWithValues: AWSService.allCases.map { ($0, RetryQuota()) })
    }

    private init(_ other: AWSConnection, settings: AWSSettings) {
        self.settings = settings
        http = other.http
        surroundings = other.surroundings
        quotas = other.quotas
    }

    /// The same connection for another region.
    package func inRegion(_ region: String) throws(Diagnostic) -> AWSConnection {
        AWSConnection(self, settings: try settings.inRegion(region))
    }

    /// Sends a call, signed where there are credentials, until there is an answer of 200, a refusal, or no try left.
    package func send(_ call: AWSCall, signedBy credentials: AWSCredentials?) async throws(AWSError) -> HTTPResponse {
        var attempt = 1
        var spent: Int?
        while true {
            do throws(AWSError) {
                let answer = try await sendOnce(call, credentials, attempt)
                quotas[call.service]?.give(spent ?? 1)
                return answer
            } catch {
                guard let reason = reason(to: call, again: error), attempt < settings.maximumAttempts,
                    !Task.isCancelled, quotas[call.service]?.take(RetryQuota.cost(reason)) == true
                else { throw error }
                spent = RetryQuota.cost(reason)
                await wait(before: attempt, reason, error)
                attempt += 1
            }
        }
    }

    private func reason(to call: AWSCall, again error: AWSError) -> AWSError.RetryReason? {
        error.isThrottling && !call.retriesThrottling ? nil : error.retryReason
    }

    private func wait(before attempt: Int, _ reason: AWSError.RetryReason, _ error: AWSError) async {
        let delay = RetryDelay.milliseconds(
            before: attempt - 1,
            for: reason,
            hint: error.retryAfter,
            chance: surroundings.clock.chance()
        )
        surroundings.onWait(
            RetryWait(
                milliseconds: delay, reason: error.reasonToWait, attempt: attempt + 1,
                maximum: settings.maximumAttempts)
        )
        await surroundings.clock.sleep(delay)
    }

    private func sendOnce(
        _ call: AWSCall,
        _ credentials: AWSCredentials?,
        _ attempt: Int
    ) async throws(AWSError) -> HTTPResponse {
        let request = try request(call, credentials, attempt)
        let answer: HTTPResponse
        do {
            answer = try await http.send(request)
        } catch {
            throw AWSError(.unreachable(error.code), call.service, call.operation, message: error.message)
        }
        guard answer.status == 200 else {
            var error = AWSError(call, answer: answer)
            error.clockSkew = error.serverTime.map { surroundings.now() - $0 }
            throw error
        }
        return answer
    }

    private func request(
        _ call: AWSCall,
        _ credentials: AWSCredentials?,
        _ attempt: Int
    ) throws(AWSError) -> HTTPRequest {
        do {
            let endpoint = try settings.endpoint(of: call.service)
            var headers = [(name: "content-type", value: call.contentType)]
            if let target = call.target { headers.append((name: "x-amz-target", value: target)) }
            var lines = headers.map { (name: $0.name, value: HTTPHeaderValue.plain($0.value)) }
            lines.append(("amz-sdk-request", .plain("attempt=\(attempt); max=\(settings.maximumAttempts)")))
            if let credentials {
                let signature = RequestSignature(
                    credentials: credentials,
                    service: call.service,
                    region: settings.region,
                    time: AWSTimestamp(surroundings.now())
                )
                lines += try signature.headers(signing: headers, endpoint: endpoint, body: call.body)
            }
            return HTTPRequest(
                method: .post,
                url: endpoint.url,
                headers: lines,
                body: call.body,
                timeout: Self.timeout,
                maximumBodyBytes: Self.longestAnswer,
                allowsPlainHTTPToLoopback: true
            )
        } catch let diagnostic as Diagnostic {
            throw AWSError(.unsendable, call.service, call.operation, message: diagnostic.message)
        } catch {
            throw AWSError(.unsendable, call.service, call.operation, message: "the request could not be signed")
        }
    }
}
