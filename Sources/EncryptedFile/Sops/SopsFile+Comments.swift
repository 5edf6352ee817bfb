import Secrets

/// Comments that sops encrypted: `#ENC[AES256_GCM,…,type:comment]`, bound to the map or list that they stand in.
///
/// The MAC does not cover them, and nothing is decided by them.
extension SopsFile {
    private static let start = Array("#ENC[AES256_GCM,".utf8)

    /// Puts comments under another data key; what the old one does not open was no encrypted comment and stays.
    func replacingComments(from old: SecretBytes, to new: SecretBytes) throws(SopsError) -> SopsFile {
        guard format != .json else { return self }
        let places = Set(leaves.flatMap { path, _, _ in path.names.indices.map { Array(path.names[..<$0]) } } + [[]])
        var changes: [(range: Range<Int>, text: String)] = []
        for range in commentRanges {
            guard let comment = SopsValue(String(decoding: bytes[range], as: UTF8.self)) else { continue }
            for place in places {
                // sops ends every path with a colon, the empty one as well.
                let bound = place.isEmpty ? [UInt8(ascii: ":")] : SopsPath(names: place).associatedData
                guard let text = comment.open(with: old, associatedData: bound) else { continue }
                let sealed = try? SopsValue(sealing: text, type: comment.type, with: new, associatedData: bound)
                guard let sealed else { throw .unavailable }
                changes.append((range, sealed.text))
                break
            }
        }
        return changes.isEmpty ? self : try splicing(changes)
    }

    /// What stands behind `#` in lines that hold nothing but such a comment, or end with one.
    private var commentRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if let hash = bytes[start..<end].firstRange(of: Self.start)?.lowerBound {
                let last = bytes[hash..<end].lastIndex { $0 > 0x20 } ?? hash
                ranges.append((hash + 1)..<(last + 1))
            }
            start = end + 1
        }
        return ranges
    }
}
