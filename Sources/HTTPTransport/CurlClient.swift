import Synchronization

/// The client that leaves the machine: libcurl with TLS 1.3 or newer, verified peers and no redirects.
///
/// All requests of a client share connections. libcurl runs on one thread, started by the first request and joined when
/// the last reference to the client goes.
package final class CurlClient: HTTPClient {
    private let configuration: Configuration
    private let loop = Mutex<CurlLoop?>(nil)

    /// Why no client can send anything here, or nil where one can: libcurl is loaded by whoever needs it first.
    package static var unavailability: String? { CurlGlobal.isReady ? nil : CurlGlobal.failure }

    /// Makes a client; nothing starts before its first request.
    package init(_ configuration: Configuration = Configuration()) { self.configuration = configuration }

    deinit {
        loop.withLock { $0?.stop() }
    }

    /// Sends one request; cancelling the task ends the transfer.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try await send(request, over: nil)
    }

    /// Sends one request, over the connection that was opened for it where that is still there.
    func send(_ request: HTTPRequest, over late: LateRequest?) async throws(HTTPError) -> HTTPResponse {
        let loop = try startedLoop()
        let id = late?.id ?? loop.nextID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if late?.give(request, continuation) != true { loop.submit(.start(id, request, continuation)) }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { loop.submit(.cancel(id)) }
            }
        } onCancel: {
            loop.submit(.cancel(id))
        }
        return try result.get()
    }

    /// Starts to open a connection for a request to come, or returns nil where that cannot even start.
    func connect(to url: String) -> LateRequest? {
        guard let loop = try? startedLoop() else { return nil }
        let late = LateRequest(id: loop.nextID())
        loop.submit(.connect(url, late))
        return late
    }

    private func startedLoop() throws(HTTPError) -> CurlLoop {
        try loop.withLock { (loop) throws(HTTPError) in
            if let loop { return loop }
            let started = try CurlLoop(configuration)
            loop = started
            return started
        }
    }
}
