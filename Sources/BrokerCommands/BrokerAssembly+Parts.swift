internal import AWSClient
internal import Audit
internal import Broker
internal import BrokerServer
internal import Diagnostics
internal import EncryptedFile
internal import HTTPTransport
internal import OIDC
internal import SecretStores
internal import Secrets

// What is read, and what others are asked with; nothing here is written to.
extension BrokerAssembly {
    /// Reads what can be read without opening the state or the log.
    static func check(_ configuration: BrokerConfiguration) throws -> PolicySet {
        _ = try certificate(configuration)
        _ = try ageKeys(configuration.ageKeys)
        _ = try configuration.awsRegion.map { try AWSSettings(region: $0, environment: .process) }
        _ = try configuration.auditKey.map(AuditKeyFile.signer)
        return try folder(configuration).load()
    }

    static func folder(_ configuration: BrokerConfiguration) -> PolicyFolder {
        PolicyFolder(
            path: configuration.policyFolder,
            baseline: configuration.baseline,
            scope: configuration.awsNames.isEmpty ? .own : StoreScope(prefixes: configuration.awsNames),
            requiresIDs: configuration.requiresIDs
        )
    }

    /// The certificate, where there is one, and what notices that its files have changed.
    static func certificate(
        _ configuration: BrokerConfiguration
    ) throws -> (current: ServerCertificate?, watch: FileWatch) {
        guard let files = configuration.server.tls else { return (nil, FileWatch { [:] }) }
        let names = [files.certificate, files.key]
        let watch = FileWatch {
            Dictionary(names.compactMap { name in FileStamp(name).map { (name, $0) } }) { first, _ in first }
        }
        do { return (try ServerCertificate(files), watch) } catch {
            throw Diagnostic(
                .brokerConfiguration, "the certificate `\(files.certificate)` and its key cannot be used",
                [.help("name a certificate and its own private key, both in PEM")])
        }
    }

    static func stores(_ configuration: BrokerConfiguration, _ http: any HTTPClient) throws -> BrokerStores {
        let age = try ageKeys(configuration.ageKeys)
        guard let region = configuration.awsRegion else { return BrokerStores(files: FileValueSource(keys: [age])) }
        let outside = AWSConnection.Surroundings(now: BrokerClock.seconds)
        let connection = AWSConnection(
            try AWSSettings(region: region, environment: .process), http: http, surroundings: outside)
        // Nobody is there to ask for a device's code.
        let surroundings = CredentialSurroundings(
            environment: .process, http: http, outside: outside, code: { _ in .unasked })
        let session = AWSSession(connection: connection, credentials: CredentialChain(surroundings))
        let kms = KMSDataKeys(session)
        let allowed = configuration.kmsKeys
        let files = FileValueSource { repository in
            [age] + (allowed.isEmpty ? [] : [RepositoryDataKeys(kms, allowed: allowed, for: repository)])
        }
        let source = AWSValueSource(session)
        func cache(_ seconds: Int) -> ValueCache {
            ValueCache(lifetime: Int64(seconds), now: BrokerClock.steadySeconds) { await source.values(of: $0) }
        }
        let lifetimes = configuration.cacheLifetimes
        return BrokerStores(files: files, usual: cache(lifetimes.usual), protected: cache(lifetimes.protected))
    }

    private static func ageKeys(_ path: String?) throws -> AgeKeyRing {
        guard let path else { return AgeKeyRing() }
        let text: SecretBytes
        do throws(SecretFileError) { text = try SecretBytes.contents(ofFile: path, limit: 64 * 1024) } catch {
            throw Diagnostic(
                .ageIdentityMalformed, "the age identities in `\(path)` cannot be read: \(error.reason)",
                [.help("name another file in `age_keys`")])
        }
        return try AgeKeyRing(text, from: "`\(path)`")
    }

    private static func other(_ url: String, _ configuration: BrokerConfiguration) -> IssuerConfiguration {
        var issuer = IssuerConfiguration(issuer: url)
        issuer.algorithms = configuration.algorithms
        return issuer
    }

    static func issuers(_ configuration: BrokerConfiguration, _ http: any HTTPClient) -> IssuerRegistry {
        let issuers = configuration.issuers.map { issuer -> (IssuerConfiguration, any KeySource) in
            let own: IssuerConfiguration =
                switch issuer {
                case .github: .github
                case .gitlab: .gitlab()
                case .url(let url): .known(issuer: url) ?? other(url, configuration)
                }
            let trusts = configuration.trustsLocalIssuer
            return (own, JWKSCache(own, http: http, trustsLoopback: trusts, now: BrokerClock.seconds))
        }
        return IssuerRegistry(issuers, audience: configuration.audience, now: BrokerClock.seconds)
    }
}
