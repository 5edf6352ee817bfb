import Foundation
import InjectTesting

/// Very many requests over kept-alive connections at once, by sockets of another maker.
enum Flood {
    /// A whole request of HTTP/1.1.
    static func post(_ path: String, type: String, bearer: String? = nil, _ body: String) -> String {
        let authorization = bearer.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\n\(authorization)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// An exchange.
    static func exchange(_ token: String) -> String {
        post(
            "/v1/token", type: "application/x-www-form-urlencoded", BrokerBench.encoded(BrokerBench.exchangeForm(token))
        )
    }

    /// Opens all connections, in turn to each of the ports, then sends requests over all of them at once until there are
    /// none left; returns how many answers there were of each status, and every body that is named by its status.
    static func send(_ requests: [String], times: Int = 1, to ports: [Int], connections: Int) throws -> Outcome {
        let input = try JSONSerialization.data(
            withJSONObject: ["requests": requests, "times": times, "ports": ports, "connections": connections])
        return try JSONDecoder().decode(Outcome.self, from: Python.run(program, input: input))
    }

    struct Outcome: Decodable {
        /// How many answers there were of each status.
        let statuses: [String: Int]
        /// The different bodies of answers, by their status.
        let bodies: [String: [String]]
    }

    private static let program = """
        import asyncio, collections, json, re, sys
        given = json.load(sys.stdin)
        waiting = iter([text.encode() for text in given["requests"]] * given["times"])
        statuses, bodies = collections.Counter(), collections.defaultdict(set)
        async def work(reader, writer):
            for request in waiting:
                writer.write(request)
                head = await reader.readuntil(b"\\r\\n\\r\\n")
                status = head[9:12].decode()
                length = int(re.search(rb"(?i)content-length: (\\d+)", head)[1])
                body = await reader.readexactly(length)
                statuses[status] += 1
                bodies[status].add(body.decode())
            writer.close()
        async def main():
            ports = given["ports"]
            opened = [await asyncio.open_connection("127.0.0.1", ports[i % len(ports)]) for i in range(given["connections"])]
            await asyncio.gather(*(work(*pair) for pair in opened))
        asyncio.run(main())
        print(json.dumps({"statuses": statuses, "bodies": {key: sorted(texts) for key, texts in bodies.items()}}))
        """
}
