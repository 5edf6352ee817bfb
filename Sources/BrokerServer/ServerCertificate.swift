internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// The certificate that new connections are shown; those that are open go on with the one they have.
package final class ServerCertificate: Sendable {
    private struct Pair: Sendable {
        let chain: [NIOSSLCertificateSource]
        let key: NIOSSLPrivateKeySource

        /// Reads both files once, and throws unless the key is the certificate's.
        init(_ files: ServerSettings.TLS) throws {
            chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) }
            key = .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem))
            _ = try NIOSSLContext(configuration: configuration)
        }

        var configuration: TLSConfiguration {
            var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
            configuration.minimumTLSVersion = .tlsv13
            configuration.applicationProtocols = ["http/1.1"]
            return configuration
        }

        var override: NIOSSLContextConfigurationOverride {
            var override = NIOSSLContextConfigurationOverride()
            (override.certificateChain, override.privateKey) = (chain, key)
            return override
        }
    }

    private let files: ServerSettings.TLS
    private let current: Mutex<Pair>

    /// Reads the files; throws where they cannot be used.
    package init(_ files: ServerSettings.TLS) throws {
        self.files = files
        current = Mutex(try Pair(files))
    }

    /// Reads the files anew; where they cannot be used, the certificate before stays.
    package func reload() throws {
        let next = try Pair(files)
        current.withLock { $0 = next }
    }

    var configuration: TLSConfiguration {
        var configuration = current.withLock { $0.configuration }
        configuration.sslContextCallback = { [self] _, promise in promise.succeed(current.withLock { $0.override }) }
        return configuration
    }
}
