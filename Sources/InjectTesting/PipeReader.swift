package import Foundation

/// Reads what a program writes while a test goes on.
package enum PipeReader {
    /// Hands on what comes out of a pipe until its end, on a thread of its own, which keeps the handle.
    ///
    /// A `readabilityHandler` would be a source of Dispatch's, whose event loop on Linux has looked at one that was gone
    /// already, and ended a whole run of tests.
    package static func readToEnd(_ handle: FileHandle, _ body: @escaping @Sendable (Data) -> Void) {
        Thread.detachNewThread {
            while case let data = handle.availableData, !data.isEmpty { body(data) }
        }
    }
}
