import Foundation
import Glibc
import Synchronization

/// A small real HTTP/1.1 server on a free port of 127.0.0.1, with a thread for each connection.
package final class LoopbackServer: Sendable {
    /// The server could not be started.
    package struct Failure: Error {
        /// The system's error number.
        package let code: Int32
    }

    private struct State {
        var connections: Set<Int32> = []
        var acceptCount = 0
        var requests: [LoopbackRequest] = []
        var isStopped = false
    }

    /// The port.
    package let port: UInt16
    private let listener: Int32
    private let state: StateBox
    private let reply: @Sendable (LoopbackRequest) -> LoopbackReply
    private let onAccept: @Sendable () -> Void

    // The threads hold this and not the server, so that the server can go while they wait.
    private final class StateBox: Sendable {
        let state = Mutex(State())
    }

    /// Starts a server that answers as `reply` says; it is asked on the connection's own thread and may block.
    ///
    /// `onAccept` is told of every connection before its first request.
    package init(
        onAccept: @escaping @Sendable () -> Void = {},
        _ reply: @escaping @Sendable (LoopbackRequest) -> LoopbackReply
    ) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        self.reply = reply
        self.onAccept = onAccept
        state = StateBox()
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard isListening else { throw Failure(code: errno) }
        port = UInt16(bigEndian: address.sin_port)
        acceptConnections()
    }

    deinit { stop() }

    /// The server's address, without a slash at the end.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections were opened.
    package var acceptCount: Int { state.state.withLock { $0.acceptCount } }

    /// Every request received, in order.
    package var requests: [LoopbackRequest] { state.state.withLock { $0.requests } }

    /// Ends every connection and refuses new ones.
    package func stop() {
        state.state.withLock { state in
            // The number of a closed listener may be another server's by now.
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptConnections() {
        let (listener, box, reply, onAccept) = (listener, state, reply, onAccept)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                box.state.withLock { state in
                    state.acceptCount += 1
                    state.connections.insert(connection)
                }
                Thread.detachNewThread {
                    onAccept()
                    Self.serve(LoopbackConnection(connection), box, reply)
                    box.state.withLock { _ = $0.connections.remove(connection) }
                    close(connection)
                }
            }
            close(listener)
        }
    }

    private static func serve(
        _ connection: LoopbackConnection,
        _ box: StateBox,
        _ reply: @Sendable (LoopbackRequest) -> LoopbackReply
    ) {
        var connection = connection
        while let request = connection.readRequest() {
            box.state.withLock { $0.requests.append(request) }
            guard connection.perform(reply(request)) else { return }
        }
    }
}
