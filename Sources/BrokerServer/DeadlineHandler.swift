internal import NIOCore
internal import NIOHTTPTypes

/// Ends a connection whose header, body or whole request takes too long, or that is one too many of its address.
///
/// It stands behind TLS and the parser: a header that never ends, and a handshake that never does, are both a time in which
/// nothing comes out of them.
final class DeadlineHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let settings: ServerSettings
    private let connections: ConnectionCounter
    private var address: String?
    private var timer: Scheduled<Void>?

    init(_ settings: ServerSettings, _ connections: ConnectionCounter) {
        self.settings = settings
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let address = context.remoteAddress?.ipAddress ?? ""
        // Behind a proxy all connections are the proxy's.
        guard settings.isBehindProxy || connections.open(address) else { return context.close(promise: nil) }
        if !settings.isBehindProxy { self.address = address }
        start(settings.headerSeconds, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: start(settings.bodySeconds, context)
        case .body: break
        case .end: start(settings.requestSeconds, context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { start(settings.headerSeconds, context) }
        context.write(data, promise: promise)
    }

    private func start(_ seconds: Int64, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: .seconds(seconds)) { channel.close(promise: nil) }
    }

    private func end() {
        timer?.cancel()
        timer = nil
        if let address { connections.close(address) }
        address = nil
    }
}
