internal import Glibc

/// The program's arguments as the kernel gave them: a file's name in an argument need not be UTF-8.
enum ProgramArguments {
    /// The last `count` arguments, or nil where there are not so many.
    static func last(_ count: Int) -> [[UInt8]]? {
        let arguments = all()
        return arguments.count > count ? Array(arguments.suffix(count)) : nil
    }

    /// The bytes of an option's value, which may be a word of its own or follow a `=`, from the text that was made of them.
    static func value(of option: String, parsedAs text: String) -> [UInt8] {
        // Only what is not UTF-8 was changed.
        guard text.unicodeScalars.contains("\u{FFFD}") else { return Array(text.utf8) }
        let prefix = Array("\(option)=".utf8)
        let values = all().lazy.map { $0.starts(with: prefix) ? Array($0.dropFirst(prefix.count)) : $0 }
        return values.first { String(decoding: $0, as: UTF8.self).utf8.elementsEqual(text.utf8) } ?? Array(text.utf8)
    }

    private static func all() -> [[UInt8]] {
        guard let text = try? InputFile.bytes(of: "/proc/self/cmdline", limit: 1 << 24) else { return [] }
        return text.split(separator: 0, omittingEmptySubsequences: false).dropLast().map(Array.init)
    }
}
