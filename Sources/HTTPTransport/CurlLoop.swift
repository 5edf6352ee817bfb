import CCurl
import Glibc
import Synchronization

/// The thread that owns libcurl's multi handle; everybody else only leaves commands and wakes it.
// Sendable: `multi` is used by the loop's thread alone, but for `curl_multi_wakeup`, which libcurl allows from any thread
// (curl_multi_wakeup(3)); `thread` is written once, before anybody else has the loop; the rest is locked or atomic.
final class CurlLoop: @unchecked Sendable {
    typealias Reply = CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>

    enum Command: Sendable {
        case start(UInt64, HTTPRequest, Reply)
        case connect(String, LateRequest)
        case cancel(UInt64)
        case stop
    }

    private let configuration: CurlClient.Configuration
    private let multi: UnsafeMutableRawPointer
    private let commands = Mutex<[Command]>([])
    private let lastID = Atomic<UInt64>(0)
    private var thread = pthread_t()

    init(_ configuration: CurlClient.Configuration) throws(HTTPError) {
        guard CurlGlobal.isReady, let multi = inject_curl_multi_init() else {
            throw HTTPError(.memory, CurlGlobal.failure)
        }
        self.configuration = configuration
        self.multi = multi
        guard startThread() else {
            inject_curl_multi_cleanup(multi)
            throw HTTPError(.memory, "no thread for requests could be started")
        }
    }

    func nextID() -> UInt64 { lastID.wrappingAdd(1, ordering: .relaxed).newValue }

    func submit(_ command: Command) {
        commands.withLock { $0.append(command) }
        inject_curl_multi_wakeup(multi)
    }

    /// Ends the thread, which frees `multi`, and waits for it; nobody may submit anything afterwards.
    func stop() {
        submit(.stop)
        pthread_join(thread, nil)
    }

    /// Starts the thread with every signal blocked, which the resolver's threads inherit.
    ///
    /// Signals are for whoever runs the child; a broken connection's SIGPIPE stays pending, too.
    private func startThread() -> Bool {
        var everything = sigset_t()
        var before = sigset_t()
        sigfillset(&everything)
        pthread_sigmask(SIG_SETMASK, &everything, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let context = Unmanaged.passRetained(self)
        let error = pthread_create(&thread, nil, Self.main, context.toOpaque())
        if error != 0 { context.release() }
        return error == 0
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    // MARK: - On the loop's thread

    private func run() {
        var transfers: [UInt64: CurlTransfer] = [:]
        while obeyCommands(&transfers) {
            var running: Int32 = 0
            inject_curl_multi_perform(multi, &running)
            finishDone(&transfers)
            // A transfer that waited for its request has a timeout that libcurl sets no alarm for.
            inject_curl_multi_poll(multi, transfers.values.contains { $0.late != nil } ? 500 : 60_000)
        }
        for transfer in transfers.values { remove(transfer, with: .failure(HTTPError(.cancelled, "the client ended"))) }
        // Here and not in a deinit: closing connections writes to them, and this thread takes no SIGPIPE.
        inject_curl_multi_cleanup(multi)
    }

    /// Returns false once the loop is to stop.
    private func obeyCommands(_ transfers: inout [UInt64: CurlTransfer]) -> Bool {
        for command in commands.withLock({ exchange(&$0, with: []) }) {
            switch command {
            case .start(let id, let request, let reply): transfers[id] = start(id, request, reply)
            case .connect(let url, let late): transfers[late.id] = connect(url, late)
            case .cancel(let id):
                guard let transfer = transfers.removeValue(forKey: id) else { continue }
                remove(transfer, with: .failure(HTTPError(.cancelled, "the request was cancelled")))
            case .stop: return false
            }
        }
        return true
    }

    /// Returns nil, having replied, where the request cannot even start.
    private func start(_ id: UInt64, _ request: HTTPRequest, _ reply: Reply) -> CurlTransfer? {
        do throws(HTTPError) {
            let transfer = try CurlTransfer(id, request, configuration, reply)
            guard inject_curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
                throw HTTPError(.memory, "libcurl did not take the request")
            }
            return transfer
        } catch {
            reply.resume(returning: .failure(error))
            return nil
        }
    }

    /// Returns nil, having given up the connection, where it cannot even start.
    private func connect(_ url: String, _ late: LateRequest) -> CurlTransfer? {
        guard let transfer = try? CurlTransfer(connectingTo: url, configuration, late),
            inject_curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
        else {
            fail(late, HTTPError(.memory, "libcurl did not take the request"))
            return nil
        }
        return transfer
    }

    /// Who gave the request in the meantime is owed an answer.
    private func fail(_ late: LateRequest, _ error: HTTPError) {
        late.take()?.reply.resume(returning: .failure(error))
    }

    private func finishDone(_ transfers: inout [UInt64: CurlTransfer]) {
        var waiting: Int32 = 0
        while let message = inject_curl_multi_info_read(multi, &waiting)?.pointee {
            guard message.msg == CURLMSG_DONE, let easy = message.easy_handle,
                let transfer = transfers.values.first(where: { $0.easy == easy })
            else { continue }
            transfers[transfer.id] = nil
            remove(transfer, with: transfer.result(of: message.data.result))
        }
    }

    private func remove(_ transfer: CurlTransfer, with result: Result<HTTPResponse, HTTPError>) {
        inject_curl_multi_remove_handle(multi, transfer.easy)
        transfer.reply?.resume(returning: result)
        if case .failure(let error) = result, let late = transfer.late { fail(late, error) }
    }
}
