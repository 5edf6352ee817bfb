internal import Diagnostics
internal import OpenSSLCrypto

/// OpenSSL, without which no token is verified.
enum CryptoRequirement {
    /// Throws where it is missing, so that this is reported like every other failure; the first use would end the process.
    static func requireLibrary() throws(Diagnostic) {
        guard let reason = CryptoLibrary.unavailability else { return }
        throw Diagnostic(
            .libraryMissing, reason,
            [.help("install it: apt-get install libssl3, or libssl3t64 from Debian 13 and Ubuntu 24.04 on")]
        )
    }
}
