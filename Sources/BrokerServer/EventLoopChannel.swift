internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A channel whose requests are answered on its own event loop.
///
/// What waits for a disk or a network does so elsewhere, and what computes takes no longer than the system's own threads, of
/// which there are as many, would have for it.
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
