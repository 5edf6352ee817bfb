import Policy
import Secrets

/// Where a secret's value is, so far as a policy tells one place from another, however it is spelled.
///
/// Where a policy leaves something open, such as the account behind a broker, it may be any.
struct SecretPlace {
    /// What holds a value.
    enum Store: Hashable {
        case secretsManager
        case parameterStore
        case file
    }

    /// A value's name in a store.
    struct Name: Hashable {
        let store: Store
        let text: String
    }

    /// The names that the value may have; an ARN's last six characters may be AWS's or the name's own.
    let names: [Name]
    private let account: String?
    private let region: String?
    /// The member; nil for the whole, which AWS gives in all versions, whatever a reference names.
    private let part: String?

    init(_ secret: SecretEntry, of environment: PolicyEnvironment) {
        var account: String?
        var region: String?
        if case .aws(let role, let roleRegion) = environment.exchange {
            account = Self.parts(ofARN: role).map { $0[4] } ?? role
            region = roleRegion
        }
        switch secret.reference {
        case .secretsManager(let id, _, _):
            let arn = Self.parts(ofARN: id)
            names = (arn.map { Self.names(inARN: $0[6...].joined(separator: ":")) } ?? [id]).map {
                Name(store: .secretsManager, text: $0)
            }
            (self.account, self.region, part) = (arn.map { $0[4] } ?? account, arn.map { $0[3] } ?? region, nil)
        case .parameterStore(let path, _):
            names = [Name(store: .parameterStore, text: path)]
            (self.account, self.region, part) = (account, region, nil)
        case .dotenv(let file, let key):
            (names, part) = ([Self.file(file)], key ?? secret.name.text)
            (self.account, self.region) = (nil, nil)
        case .encrypted(let file, let key):
            (names, part) = ([Self.file(file)], Self.member(key))
            (self.account, self.region) = (nil, nil)
        case .file(let path):
            (names, part) = ([Self.file(path)], nil)
            (self.account, self.region) = (nil, nil)
        }
    }

    /// Whether who reads the one may have read the other.
    func meets(_ other: SecretPlace) -> Bool {
        names.contains(where: other.names.contains) && Self.agree(account, other.account)
            && Self.agree(region, other.region) && Self.agree(part, other.part)
    }

    private static func agree(_ left: String?, _ right: String?) -> Bool {
        left == nil || right == nil || left == right
    }

    private static func parts(ofARN text: String) -> [String]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return parts.first == "arn" && parts.count >= 6 ? parts + (parts.count == 6 ? [""] : []) : nil
    }

    private static func names(inARN name: String) -> [String] {
        let end = name.utf8.suffix(7)
        guard end.count == 7, end.first == UInt8(ascii: "-") else { return [name] }
        return [name, String(name.dropLast(7))]
    }

    /// A file by its path without the parts that lead nowhere; one that leaves the repository no policy takes.
    private static func file(_ path: String) -> Name {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return Name(store: .file, text: (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/"))
    }

    /// A key with dots, which a pointer (RFC 6901) is too here: `/db/url` and `db.url` are the same.
    private static func member(_ key: String) -> String {
        guard key.hasPrefix("/") else { return key }
        return String(key.dropFirst()).replacing("/", with: ".").replacing("~1", with: "/").replacing("~0", with: "~")
    }
}
