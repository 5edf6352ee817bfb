import Foundation

/// What the kernel says of this process's own mappings.
enum MemoryMap {
    /// How large the mapping is that holds an address, in bytes, or nil where nothing is mapped.
    static func size(at address: UInt) -> Int? {
        lines().lazy.compactMap(bounds).first { $0.contains(address) }.map(\.count)
    }

    /// The VmFlags of the mapping that holds an address, or nil where nothing is mapped (proc(5), smaps).
    static func flags(at address: UInt) -> [String]? {
        var holds = false
        for line in lines() {
            if let range = bounds(of: line) {
                holds = range.contains(address)
            } else if holds, line.hasPrefix("VmFlags:") {
                return line.dropFirst("VmFlags:".count).split(separator: " ").map(String.init)
            }
        }
        return nil
    }

    private static func lines() -> [Substring] {
        guard let handle = FileHandle(forReadingAtPath: "/proc/self/smaps"), let data = try? handle.readToEnd() else {
            return []
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    private static func bounds(of line: Substring) -> Range<UInt>? {
        let ends = line.prefix { $0 != " " }.split(separator: "-")
        guard ends.count == 2, let low = UInt(ends[0], radix: 16), let high = UInt(ends[1], radix: 16) else {
            return nil
        }
        return low..<high
    }
}
