/// Lists in records: a record has to be a line that can be read again, however much a policy grants.
enum AuditList {
    /// Of words with single spaces between, as many as there is room for in some bytes, and how many more there are.
    static func shortened(_ list: String, to limit: Int) -> String {
        let bytes = list.utf8
        guard bytes.count > limit else { return list }
        let space = UInt8(ascii: " ")
        guard let end = bytes.prefix(limit + 1).lastIndex(of: space) else {
            return String(decoding: bytes.prefix(limit), as: UTF8.self) + " …"
        }
        return "\(list[..<end]) … and \(bytes[end...].count { $0 == space }) more"
    }
}
