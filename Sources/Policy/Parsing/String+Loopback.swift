extension String {
    /// Whether the text is an `http://` URL of this very machine.
    ///
    /// Over `http://` from another machine, keys could be anybody's, and tokens could be read by anybody.
    var isPlainLoopbackURL: Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { host in
            guard utf8.starts(with: host.utf8) else { return false }
            let next = utf8.dropFirst(host.utf8.count).first
            return next == nil || next == UInt8(ascii: ":") || next == UInt8(ascii: "/")
        }
    }
}
