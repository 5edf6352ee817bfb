import Synchronization

/// A client that opens connections while there is nothing to ask yet, so that names, TCP and TLS cost no time later.
///
/// The first request to an opened origin uses its connection, further ones share it or open their own. What is never asked
/// costs a connection and not a byte of a request.
package final class EagerClient: HTTPClient {
    private struct Origin {
        let url: String
        let address: HTTPAddress
        let client: CurlClient
        var late: LateRequest?
        var load = 0
    }

    private let configuration: CurlClient.Configuration
    private let other: CurlClient
    private let origins = Mutex<[Origin]>([])

    /// Makes a client without any connection.
    package init(_ configuration: CurlClient.Configuration = CurlClient.Configuration()) {
        self.configuration = configuration
        other = CurlClient(configuration)
    }

    deinit {
        // A client joins its thread when it goes, and the thread must not be waiting for a request then.
        origins.withLock { origins in
            for origin in origins { origin.late?.abandon() }
        }
    }

    /// Starts to open so many connections; an address that cannot be reached is reported by the request that wants it.
    package func open(_ url: String, count: Int = 1) {
        guard let address = try? HTTPAddress(url) else { return }
        origins.withLock { origins in
            let open = origins.count { $0.address.hasOrigin(of: address) }
            for _ in stride(from: open, to: count, by: 1) {
                let client = CurlClient(configuration)
                let late = client.connect(to: url)
                origins.append(Origin(url: url, address: address, client: client, late: late))
            }
        }
    }

    /// Sends a request, over one of the origin's open connections where one is left.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let address = try HTTPAddress(request.url)
        guard let (index, late) = take(request, address) else { return try await other.send(request) }
        defer { origins.withLock { $0[index].load -= 1 } }
        return try await client(index).send(request, over: late)
    }

    /// The connection for a request: one that waits for it, or else the least busy one that waits for nothing.
    private func take(_ request: HTTPRequest, _ address: HTTPAddress) -> (index: Int, late: LateRequest?)? {
        origins.withLock { origins in
            // libcurl has the method and the address by now, and its thread waits for exactly that request.
            let waiting = origins.firstIndex { origin in
                origin.late != nil && request.method == .post && request.url.utf8.elementsEqual(origin.url.utf8)
            }
            let used = origins.indices.filter { origins[$0].late == nil && origins[$0].address.hasOrigin(of: address) }
            guard let index = waiting ?? used.min(by: { origins[$0].load < origins[$1].load }) else { return nil }
            defer { origins[index].late = nil }
            origins[index].load += 1
            return (index, origins[index].late)
        }
    }

    private func client(_ index: Int) -> CurlClient { origins.withLock { $0[index].client } }
}
