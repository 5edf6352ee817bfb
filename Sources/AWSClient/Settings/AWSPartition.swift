/// A set of regions that share host names and the second part of their ARNs.
package enum AWSPartition: String, Sendable, CaseIterable {
    /// Everybody's.
    case commercial = "aws"
    /// China.
    case china = "aws-cn"
    /// The government of the United States.
    case usGovernment = "aws-us-gov"
    /// The European Sovereign Cloud.
    case europeanSovereign = "aws-eusc"
    /// Isolated regions of the United States.
    case isolated = "aws-iso"
    /// Isolated regions of the United States, secret.
    case isolatedB = "aws-iso-b"
    /// Isolated regions of Europe.
    case isolatedE = "aws-iso-e"
    /// Isolated regions of the United States, further.
    case isolatedF = "aws-iso-f"

    /// The partition of a region, known by the start of its name.
    package init(region: String) {
        let starts: [(String, AWSPartition)] = [
            ("cn-", .china), ("us-gov-", .usGovernment), ("eusc-", .europeanSovereign), ("us-isob-", .isolatedB),
            ("us-isof-", .isolatedF), ("us-iso-", .isolated), ("eu-isoe-", .isolatedE),
        ]
        self = starts.first { region.utf8.starts(with: $0.0.utf8) }?.1 ?? .commercial
    }

    /// What host names end in.
    package var suffix: String {
        switch self {
        case .commercial, .usGovernment: "amazonaws.com"
        case .china: "amazonaws.com.cn"
        case .europeanSovereign: "amazonaws.eu"
        case .isolated: "c2s.ic.gov"
        case .isolatedB: "sc2s.sgov.gov"
        case .isolatedE: "cloud.adc-e.uk"
        case .isolatedF: "csp.hci.ic.gov"
        }
    }

    /// What host names that answer over IPv6, too, end in.
    var dualStackSuffix: String {
        switch self {
        case .commercial, .usGovernment: "api.aws"
        case .china: "api.amazonwebservices.com.cn"
        case .europeanSovereign: "api.amazonwebservices.eu"
        case .isolated: "api.aws.ic.gov"
        case .isolatedB: "api.aws.scloud"
        case .isolatedE: "api.cloud-aws.adc-e.uk"
        case .isolatedF: "api.aws.hci.ic.gov"
        }
    }
}
