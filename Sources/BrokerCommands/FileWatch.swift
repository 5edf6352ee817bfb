internal import Broker

/// Notices that files have become others, once they have looked the same for two looks: a checkout takes a while.
struct FileWatch: Sendable {
    /// What files look like, by their paths.
    typealias Look = [String: FileStamp]

    private let look: @Sendable () -> Look
    private var read: Look
    private var last: Look

    /// Starts with what the files look like now, which is before they are read.
    init(_ look: @escaping @Sendable () -> Look) {
        self.look = look
        read = look()
        last = read
    }

    /// Notes that the files are about to be read anyway.
    mutating func willRead() {
        last = look()
        read = last
    }

    /// Whether to read the files anew.
    mutating func isDue() -> Bool {
        let now = look()
        defer { last = now }
        guard now == last, now != read else { return false }
        read = now
        return true
    }
}
