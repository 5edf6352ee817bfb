/// The paths that a git index lists, which are the files of the next commit.
///
/// Source: git's `Documentation/gitformat-index.txt`. Version 4 shortens paths by the ones before; entries end at the first
/// thing that does not fit.
struct GitIndex: Sendable {
    let paths: Set<String>

    /// Reads an index with ids of 20 bytes, as SHA-1 has; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: "DIRC".utf8), bytes.count >= 12 else { return nil }
        let version = Self.number(bytes, 4)
        guard (2...4).contains(version) else { return nil }
        var paths: Set<String> = []
        var place = 12
        var last: [UInt8] = []
        for _ in 0..<Self.number(bytes, 8) {
            guard let (path, next) = Self.entry(bytes, at: place, version, after: last) else { break }
            paths.insert(String(decoding: path, as: UTF8.self))
            (last, place) = (path, next)
        }
        self.paths = paths
    }

    private static func entry(
        _ bytes: [UInt8],
        at start: Int,
        _ version: Int,
        after last: [UInt8]
    ) -> (path: [UInt8], next: Int)? {
        guard start + 62 < bytes.count else { return nil }
        let isExtended = version >= 3 && bytes[start + 60] & 0x40 != 0
        var begin = start + 62 + (isExtended ? 2 : 0)
        var kept: ArraySlice<UInt8> = []
        if version == 4 {
            guard let removed = offset(bytes, &begin), removed <= last.count else { return nil }
            kept = last.dropLast(removed)
        }
        guard begin < bytes.count, let end = bytes[begin...].firstIndex(of: 0) else { return nil }
        let path = kept + bytes[begin..<end]
        // Entries of the older versions are filled up to a multiple of eight, with one zero at least.
        let next = version == 4 ? end + 1 : start + (end - start + 8) / 8 * 8
        return (Array(path), next)
    }

    /// A number of variable length, as offsets of packs have.
    private static func offset(_ bytes: [UInt8], _ place: inout Int) -> Int? {
        var value = 0
        for _ in 0..<4 {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            value = value << 7 | Int(byte & 0x7F)
            guard byte & 0x80 != 0 else { return value }
            value += 1
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
        bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
}
