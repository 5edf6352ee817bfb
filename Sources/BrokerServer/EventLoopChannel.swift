internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A channel whose requests are answered on its own event loop.
///
/// What waits for a sync, a database or the network does so elsewhere. What computes, and the reading of a secret's file, holds up
/// the other connections of the loop, as it would hold up one of the system's own threads, of which there are as many.
struct EventLoopChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger)
    }

    func handle(value: Base.Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}
