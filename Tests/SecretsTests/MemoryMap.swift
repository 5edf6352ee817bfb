import Foundation

/// What the kernel says of this process's own mappings.
enum MemoryMap {
    /// What stands at an address, or nil where nothing is mapped.
    static func bytes(at address: UInt, count: Int) -> [UInt8]? {
        let memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        defer { close(memory) }
        var bytes = [UInt8](repeating: 0, count: count)
        return pread(memory, &bytes, count, off_t(address)) == count ? bytes : nil
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
