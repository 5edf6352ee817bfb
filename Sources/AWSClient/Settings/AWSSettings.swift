package import Diagnostics
package import Secrets

/// What the variables of AWS's own tools say about asking its services
/// (docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html).
///
/// Files of a repository have no say: an endpoint that a pull request may set could collect tokens.
package struct AWSSettings: Sendable {
    /// The region whose services are asked.
    package let region: String
    /// Whether endpoints with FIPS-validated cryptography are asked.
    package var usesFIPS = false
    /// Whether endpoints that answer over IPv6, too, are asked.
    package var usesDualStack = false
    /// How often one request is sent at most, the first time included.
    package var maximumAttempts = 6
    private var overrides: [AWSService: AWSEndpoint] = [:]

    /// Settings without any variable.
    package init(region: String) throws(Diagnostic) {
        guard Self.isRegion(region) else {
            throw Diagnostic(
                .awsRegionMalformed, "`\(region.printable(limit: 64))` is no name of a region",
                [.help("write it as `eu-west-1`")]
            )
        }
        self.region = region
    }

    /// Settings that the variables say.
    package init(region: String, environment: EnvironmentVariables) throws(Diagnostic) {
        try self.init(region: region)
        usesFIPS = try Self.flag("AWS_USE_FIPS_ENDPOINT", environment)
        usesDualStack = try Self.flag("AWS_USE_DUALSTACK_ENDPOINT", environment)
        try readAttempts(environment)
        guard try !Self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", environment) else { return }
        for service in AWSService.allCases {
            let own = "AWS_ENDPOINT_URL_" + service.variableSuffix
            for variable in [own, "AWS_ENDPOINT_URL"] where overrides[service] == nil {
                guard let url = environment.text(variable) else { continue }
                overrides[service] = try AWSEndpoint(url: url, givenBy: variable)
            }
        }
    }

    /// The same settings for another region.
    package func inRegion(_ other: String) throws(Diagnostic) -> AWSSettings {
        var settings = try AWSSettings(region: other)
        settings.usesFIPS = usesFIPS
        settings.usesDualStack = usesDualStack
        settings.maximumAttempts = maximumAttempts
        settings.overrides = overrides
        return settings
    }

    /// Puts a service elsewhere; `origin` names what says so, for messages.
    package mutating func override(_ service: AWSService, with url: String, from origin: String) throws(Diagnostic) {
        overrides[service] = try AWSEndpoint(url: url, givenBy: origin)
    }

    /// Where a service is asked.
    package func endpoint(of service: AWSService) throws(Diagnostic) -> AWSEndpoint {
        if let override = overrides[service] { return override }
        let partition = AWSPartition(region: region)
        let fips = usesFIPS && !hasPlainFIPS(service, partition) ? "-fips" : ""
        let suffix = usesDualStack && !isDualAnyway(service, partition) ? partition.dualStackSuffix : partition.suffix
        return AWSEndpoint(host: "\(service.code)\(fips).\(region).\(suffix)")
    }

    /// The plain endpoints of these are the validated ones.
    private func hasPlainFIPS(_ service: AWSService, _ partition: AWSPartition) -> Bool {
        partition == .usGovernment && !usesDualStack && (service == .sts || service == .ssm)
    }

    /// The plain endpoints of these answer over IPv6, too.
    private func isDualAnyway(_ service: AWSService, _ partition: AWSPartition) -> Bool {
        guard service == .secretsManager else { return false }
        return partition == .commercial || partition == .usGovernment || (partition == .china && !usesFIPS)
    }

    private mutating func readAttempts(_ environment: EnvironmentVariables) throws(Diagnostic) {
        guard let text = environment.text("AWS_MAX_ATTEMPTS") else { return }
        guard let attempts = Int(text), (1...100).contains(attempts) else {
            throw Diagnostic(
                .awsSettingUnusable, "`AWS_MAX_ATTEMPTS` is `\(text.printable(limit: 64))`",
                [.help("use a number from 1 to 100")]
            )
        }
        maximumAttempts = attempts
    }

    private static func flag(_ name: String, _ environment: EnvironmentVariables) throws(Diagnostic) -> Bool {
        switch environment.text(name)?.lowercased() {
        case nil, "false": return false
        case "true": return true
        case .some(let other):
            throw Diagnostic(
                .awsSettingUnusable, "`\(name)` is `\(other.printable(limit: 64))`", [.help("use `true` or `false`")]
            )
        }
    }

    /// A label of a host name, so that no region can name another host.
    private static func isRegion(_ text: String) -> Bool {
        let isLetter = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        return (1...63).contains(text.utf8.count) && text.utf8.allSatisfy(isLetter)
            && text.utf8.first != UInt8(ascii: "-") && text.utf8.last != UInt8(ascii: "-")
    }
}
