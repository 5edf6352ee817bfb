import Foundation

/// What the kernel says of this process's own mappings.
enum MemoryMap {
    /// The VmFlags of the mapping that holds an address, or nil where nothing is mapped (proc(5), smaps).
    static func flags(at address: UInt) -> [String]? {
        guard let handle = FileHandle(forReadingAtPath: "/proc/self/smaps"), let data = try? handle.readToEnd() else {
            return nil
        }
        let smaps = String(decoding: data, as: UTF8.self)
        var holds = false
        for line in smaps.split(separator: "\n") {
            if let range = bounds(of: line) {
                holds = range.contains(address)
            } else if holds, line.hasPrefix("VmFlags:") {
                return line.dropFirst("VmFlags:".count).split(separator: " ").map(String.init)
            }
        }
        return nil
    }

    private static func bounds(of line: Substring) -> Range<UInt>? {
        let ends = line.prefix { $0 != " " }.split(separator: "-")
        guard ends.count == 2, let low = UInt(ends[0], radix: 16), let high = UInt(ends[1], radix: 16) else {
            return nil
        }
        return low..<high
    }
}
