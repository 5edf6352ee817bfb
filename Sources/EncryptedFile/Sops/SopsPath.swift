/// Where a value stands: the names of the maps around it and its own; lists do not count.
struct SopsPath: Hashable, Sendable {
    var names: [String]

    /// What the value's ciphertext is bound to, so that no value can be put in another's place.
    var associatedData: [UInt8] { names.flatMap { Array($0.utf8) + [UInt8(ascii: ":")] } }

    /// As a reference writes it, with dots.
    var text: String { names.joined(separator: ".") }
}
