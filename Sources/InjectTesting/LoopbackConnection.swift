import Glibc

/// One connection of a fake server: reads requests, sends what a reply says.
struct LoopbackConnection {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next request, or nil once the client is gone.
    mutating func readRequest() -> LoopbackRequest? {
        var lines: [String] = []
        while let line = readLine(), !line.isEmpty { lines.append(line) }
        guard let words = lines.first?.split(separator: " "), words.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        guard let body = read(count: length) else { return nil }
        return LoopbackRequest(method: String(words[0]), target: String(words[1]), headers: headers, body: body)
    }

    /// Returns whether the connection can be used again.
    mutating func perform(_ reply: LoopbackReply) -> Bool {
        switch reply {
        case .answer(let status, let headers, let body):
            var head = "HTTP/1.1 \(status) Fake\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            return send(Array((head + "Content-Length: \(body.count)\r\n\r\n").utf8) + body)
        case .endless:
            let chunk = Array(("1000\r\n" + String(repeating: "x", count: 0x1000) + "\r\n").utf8)
            guard send(Array("HTTP/1.1 200 Fake\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)) else { return false }
            while send(chunk) {}
            return false
        case .silence:
            while fill() {}
            return false
        case .hangUp:
            return false
        case .raw(let text):
            _ = send(Array(text.utf8))
            shutdown(descriptor, Int32(SHUT_WR))
            while fill() {}
            return false
        }
    }

    private mutating func readLine() -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = pending[..<end].filter { $0 != UInt8(ascii: "\r") }
                pending.removeFirst(end + 1)
                return String(decoding: line, as: UTF8.self)
            }
            guard fill() else { return nil }
        }
    }

    private mutating func read(count: Int) -> [UInt8]? {
        while pending.count < count {
            guard fill() else { return nil }
        }
        defer { pending.removeFirst(count) }
        return Array(pending.prefix(count))
    }

    private mutating func fill() -> Bool {
        var room = [UInt8](repeating: 0, count: 16 * 1024)
        let count = recv(descriptor, &room, room.count, 0)
        guard count > 0 else { return false }
        pending += room.prefix(count)
        return true
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
