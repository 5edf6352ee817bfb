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
    private var deadline = NIODeadline.distantFuture
    private var timer: (fires: NIODeadline, scheduled: Scheduled<Void>)?

    init(_ settings: ServerSettings, _ connections: ConnectionCounter) {
        self.settings = settings
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let address = context.remoteAddress?.ipAddress ?? ""
        // Behind a proxy all connections are the proxy's.
        guard connections.open(address, isLimited: !settings.isBehindProxy) else {
            return context.close(promise: nil)
        }
        self.address = address
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

    /// Sets the time for what is waited for now.
    ///
    /// A timer that goes off too early looks again, since one that is set anew for each part of a request costs more than the
    /// parts.
    private func start(_ seconds: Int64, _ context: ChannelHandlerContext) {
        deadline = .now() + .seconds(seconds)
        if let timer, timer.fires <= deadline { return }
        timer?.scheduled.cancel()
        schedule(context)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let scheduled = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.look(context)
        }
        timer = (deadline, scheduled)
    }

    private func look(_ context: ChannelHandlerContext) {
        guard deadline > .now() else { return context.channel.close(promise: nil) }
        schedule(context)
    }

    private func end() {
        timer?.scheduled.cancel()
        timer = nil
        if let address { connections.close(address) }
        address = nil
    }
}
