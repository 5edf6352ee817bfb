/// The names of an object's members so far, by which one that is repeated is found.
struct SeenNames {
    /// A name is compared with so few one by one sooner than it is hashed, and a token has no more.
    private static let few = 48

    private var hashed: Set<[UInt8]> = []

    /// Takes the name of the member behind `members`; false where one of them has it.
    mutating func insert(_ name: [UInt8], behind members: [JSONObject.Member]) -> Bool {
        guard members.count >= Self.few else { return !members.contains { $0.name == name } }
        if members.count == Self.few { hashed = Set(members.map(\.name)) }
        return hashed.insert(name).inserted
    }
}
