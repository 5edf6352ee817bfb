import AWSClient
import Diagnostics
import Secrets

/// One secret or parameter as IAM names it.
struct SessionResource: Hashable, Sendable {
    /// Whose it is.
    let service: AWSService
    /// The ARN; its only wildcards are the six characters that Secrets Manager puts behind a name.
    let arn: String
    /// Where it is.
    let region: String

    /// The resource of a reference, or nil for one that AWS does not hold.
    ///
    /// Names are held to AWS's own alphabet: a `*`, `?` or `$` in one would widen what the session may read.
    init?(_ reference: SecretReference, account role: RoleARN, region: String) throws(Diagnostic) {
        switch reference {
        case .secretsManager(let id, _, _):
            guard id.utf8.starts(with: "arn:".utf8) else {
                try Self.check(id, "secret", allowing: "/_+=.@-")
                let start = "arn:\(role.partition):secretsmanager:\(region):\(role.account):secret:"
                self.init(service: .secretsManager, arn: start + id + Self.anySuffix, region: region)
                return
            }
            try self.init(secretARN: id)
        case .parameterStore(let path, _):
            try Self.check(path, "parameter", allowing: "/_.-")
            let arn = "arn:\(role.partition):ssm:\(region):\(role.account):parameter\(path)"
            self.init(service: .ssm, arn: arn, region: region)
        case .dotenv, .file, .encrypted: return nil
        }
    }

    /// A key of KMS that unwraps data keys of encrypted files; a policy takes its own ARN, and no alias.
    init(key arn: String) throws(Diagnostic) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", AWSPartition(rawValue: parts[1]) != nil, parts[2] == "kms",
            parts[5].hasPrefix("key/"), parts[4].utf8.allSatisfy(Self.isDigit)
        else {
            throw Diagnostic(
                .secretNameRefused, "`\(arn.printable(limit: 200))` is no ARN of a KMS key",
                [.help("rekey the file for \"arn:aws:kms:REGION:ACCOUNT:key/ID\"; an alias cannot stand in a policy")]
            )
        }
        try Self.check(parts[3], "region", allowing: "-")
        try Self.check(String(parts[5].dropFirst("key/".count)), "key", allowing: "-")
        self.init(service: .kms, arn: arn, region: parts[3])
    }

    private init(service: AWSService, arn: String, region: String) {
        self.service = service
        self.arn = arn
        self.region = region
    }

    private init(secretARN arn: String) throws(Diagnostic) {
        let parts = arn.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 7, AWSPartition(rawValue: parts[1]) != nil, parts[2] == "secretsmanager",
            parts[5] == "secret", parts[4].utf8.count == 12, parts[4].utf8.allSatisfy(Self.isDigit)
        else {
            throw Diagnostic(
                .secretNameRefused, "`\(arn.printable(limit: 200))` is no secret's ARN",
                [.help("write it as \"arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX\"")]
            )
        }
        try Self.check(parts[3], "region", allowing: "-")
        try Self.check(parts[6], "secret", allowing: "/_+=.@-")
        let isComplete = Self.hasSuffix(parts[6])
        self.init(service: .secretsManager, arn: isComplete ? arn : arn + Self.anySuffix, region: parts[3])
    }

    private static let anySuffix = "-??????"

    /// Whether a name ends with a hyphen and six letters or digits, as every complete ARN does.
    private static func hasSuffix(_ name: String) -> Bool {
        let end = name.utf8.suffix(7)
        return end.count == 7 && end.first == UInt8(ascii: "-") && end.dropFirst().allSatisfy(isLetterOrDigit)
    }

    private static func check(_ name: String, _ kind: String, allowing others: String) throws(Diagnostic) {
        guard !name.isEmpty, name.utf8.allSatisfy({ isLetterOrDigit($0) || others.utf8.contains($0) }) else {
            throw Diagnostic(
                .secretNameRefused, "`\(name.printable(limit: 200))` cannot be the name of a \(kind) in AWS",
                [.help("use ASCII letters, digits and `\(others)`")]
            )
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension Diagnostic.ID {
    /// A name that AWS cannot hold, or that would say more than one thing in a session's policy.
    static let secretNameRefused = Diagnostic.ID("secret-name-refused")
}
