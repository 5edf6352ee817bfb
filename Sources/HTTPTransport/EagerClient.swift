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

    /// Starts to connect; an address that cannot be reached is reported by the request that wants it.
    package func open(_ url: String) {
        guard let address = try? HTTPAddress(url) else { return }
        origins.withLock { origins in
            guard !origins.contains(where: { $0.address.hasOrigin(of: address) }) else { return }
            let client = CurlClient(configuration)
            origins.append(Origin(url: url, address: address, client: client, late: client.connect(to: url)))
        }
    }

    /// Sends a request, over the origin's open connection where there is one.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let address = try HTTPAddress(request.url)
        let (client, late) = origins.withLock { origins -> (CurlClient, LateRequest?) in
            guard let index = origins.firstIndex(where: { $0.address.hasOrigin(of: address) }) else {
                return (other, nil)
            }
            guard let late = origins[index].late else { return (origins[index].client, nil) }
            // libcurl has the method and the address by now, and its thread waits for exactly that request.
            guard request.method == .post, request.url.utf8.elementsEqual(origins[index].url.utf8) else {
                return (other, nil)
            }
            origins[index].late = nil
            return (origins[index].client, late)
        }
        return try await client.send(request, over: late)
    }
}
