internal import Glibc

/// The program's arguments as the kernel gave them: a file's name in an argument need not be UTF-8.
enum ProgramArguments {
    /// The last `count` arguments, or nil where there are not so many.
    static func last(_ count: Int) -> [[UInt8]]? {
        let arguments = all()
        return arguments.count > count ? Array(arguments.suffix(count)) : nil
    }

    private static func all() -> [[UInt8]] {
        guard let text = try? InputFile.bytes(of: "/proc/self/cmdline", limit: 1 << 24) else { return [] }
        return text.split(separator: 0, omittingEmptySubsequences: false).dropLast().map(Array.init)
    }
}
