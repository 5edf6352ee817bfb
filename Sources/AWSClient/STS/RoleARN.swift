package import Diagnostics

/// A role's name for all of AWS: `arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`
/// (docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html).
package struct RoleARN: Sendable {
    /// The whole text.
    package let text: String
    /// The partition's name, such as `aws`.
    package let partition: String
    /// The account's 12 digits.
    package let account: String
    /// The role's name without its path.
    package let name: String

    /// Takes an ARN apart.
    package init(_ text: String) throws(Diagnostic) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard (20...2048).contains(text.utf8.count), parts.count == 6, parts[0] == "arn",
            AWSPartition(rawValue: String(parts[1])) != nil, parts[2] == "iam", parts[3].isEmpty,
            parts[4].utf8.count == 12, parts[4].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let name = Self.name(parts[5])
        else {
            throw Diagnostic(
                .awsRequestMalformed, "`\(text.printable(limit: 200))` is no role's ARN",
                [.help("write it as \"arn:aws:iam::ACCOUNT:role/NAME\", with the account's 12 digits")]
            )
        }
        self.text = text
        partition = String(parts[1])
        account = String(parts[4])
        self.name = name
    }

    /// Refuses a region of another partition, whose STS knows no account of the role's.
    package func requirePartition(of region: String) throws(Diagnostic) {
        let other = AWSPartition(region: region).rawValue
        guard !other.utf8.elementsEqual(partition.utf8) else { return }
        throw Diagnostic(
            .awsRequestMalformed,
            "role `\(text)` is of partition `\(partition)`, and region `\(region.printable(limit: 64))` of `\(other)`",
            [.help("name a region of the role's partition, or a role of the region's")]
        )
    }

    private static func name(_ resource: Substring) -> String? {
        let start = "role/"
        guard resource.hasPrefix(start), resource.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let name = resource.split(separator: "/", omittingEmptySubsequences: false).last, !name.isEmpty
        else { return nil }
        return String(name)
    }
}
