package import Broker
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
internal import NIOSSL

/// A broker's HTTP: the router behind limits, over TLS 1.3, and the metrics on an address of their own.
package struct BrokerServer: Sendable {
    private let settings: ServerSettings
    private let certificate: ServerCertificate?
    private let router: BrokerRouter
    private let metrics: @Sendable (_ connections: Int) -> String
    private let logger: Logger

    /// Describes a server, in clear where there is no certificate; nothing is opened.
    package init(
        _ settings: ServerSettings,
        certificate: ServerCertificate?,
        router: BrokerRouter,
        metrics: @escaping @Sendable (_ connections: Int) -> String,
        logger: Logger
    ) {
        self.settings = settings
        self.certificate = certificate
        self.router = router
        self.metrics = metrics
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT, and then until the requests that have begun are answered.
    ///
    /// `onListening` is told the address that it listens on, once it does.
    package func run(onListening: @escaping @Sendable (String) -> Void) async throws {
        let connections = ConnectionCounter(limit: settings.connectionsPerAddress)
        let http = HTTPServerBuilder { responder in
            EventLoopChannel(base: HTTP1Channel(responder: responder, configuration: http1(connections)))
        }
        let server =
            try certificate.map { try HTTPServerBuilder.tls(http, tlsConfiguration: $0.configuration) } ?? http
        var application = Application(
            responder: BrokerResponder(router: router, settings: settings),
            server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil, backlog: 1024,
                availableConnectionsDelegate: .maximum(settings.connections, logger: logger)),
            onServerRunning: { channel in onListening(channel.localAddress.map(Self.text) ?? "") },
            logger: logger
        )
        if let place = settings.metrics {
            application.addServices(metricsApplication(place.host, place.port, connections))
        }
        do { try await application.runService() } catch let error as IOError {
            throw ServerFault(number: error.errnoCode)
        }
    }

    private func http1(_ connections: ConnectionCounter) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [DeadlineHandler(settings, connections)],
            idleTimeout: .seconds(30),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: settings.headerBytes, maxHeaderListSize: settings.headerBytes,
                maxHeaderFieldCount: 64)
        )
    }

    private func metricsApplication(
        _ host: String,
        _ port: Int,
        _ connections: ConnectionCounter
    ) -> some ApplicationProtocol {
        let router = Router()
        let text = metrics
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text(connections.total))))
        }
        return Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            logger: logger)
    }

    private static func text(_ address: SocketAddress) -> String {
        "\(address.ipAddress ?? ""):\(address.port ?? 0)"
    }
}
