import Foundation
import InjectTesting
import Testing

@Suite("inject-broker: slow connections")
struct SlowConnectionTests {
    /// 1,000 connections that send a part of a header, from ten addresses, each opened again when it is hung up on.
    private static func hold(at port: Int) throws -> PythonServer { try PythonServer(program, ["\(port)"]) }

    private static let program = """
        import select, socket, sys
        port = int(sys.argv[1])
        def opened(index):
            one = socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.%d" % (2 + index // 100), 0))
            one.sendall(b"POST /v1/token HTTP/1.1\\r\\nX: ")
            return one
        held = {}
        watched = select.poll()
        def hold(index):
            one = opened(index)
            held[one.fileno()] = (one, index)
            watched.register(one, select.POLLIN)
        for index in range(1000):
            hold(index)
        watched.register(0, select.POLLIN)
        print(1000, flush=True)
        while True:
            for descriptor, _ in watched.poll():
                if descriptor == 0:
                    sys.exit()
                watched.unregister(descriptor)
                one, index = held.pop(descriptor)
                one.close()
                hold(index)
        """

    @Test("honest requests are served while 1,000 slow connections are held")
    func served() async throws {
        let bench = try BrokerBench()
        let slow = try Self.hold(at: bench.broker.port)
        let deadline = ContinuousClock.now + .seconds(60)
        var served = 0
        // Those that are hung up on come again: only what is served between two counts of a thousand is counted.
        while served < 20, ContinuousClock.now < deadline {
            let before = try bench.sockets()
            let token = try await bench.accessToken()
            #expect(try await bench.fetch(token).status == 200)
            if try min(before, bench.sockets()) >= 1000 { served += 1 }
        }
        #expect(served == 20)
        withExtendedLifetime(slow) {}
    }
}

extension BrokerBench {
    /// How many sockets the broker has.
    fileprivate func sockets() throws -> Int {
        let folder = "/proc/\(broker.id)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .count {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0))?.hasPrefix("socket:")
                    == true
            }
    }
}
