package import Diagnostics
import HTTPTransport

/// Where a service is asked.
package struct AWSEndpoint: Sendable {
    /// The address that requests are posted to.
    package let url: String
    /// The `Host` header, which the signature covers.
    let host: String
    /// The path, which the signature covers.
    let path: String

    /// Reads an address; it is `https`, or on this machine.
    init(url: String, givenBy variable: String) throws(Diagnostic) {
        guard let address = try? HTTPAddress(url), !url.utf8.contains(UInt8(ascii: "?")),
            !url.utf8.contains(UInt8(ascii: "#"))
        else {
            throw Diagnostic(
                .awsEndpointRefused, "`\(variable)` is no address of a service",
                [.help("write it as `https://HOST` or `https://HOST:PORT`")]
            )
        }
        // A job's token would cross the network in the clear, and whoever answers could keep it.
        guard address.scheme == "https" || address.isLoopback else {
            throw Diagnostic(
                .awsEndpointRefused,
                "`\(variable)` is `\(address.shown)`, which is neither `https` nor on this machine",
                [.help("use an `https` address, or `http://127.0.0.1:PORT` for a stand-in on this machine")]
            )
        }
        let isUsual = address.port == (address.scheme == "https" ? "443" : "80")
        self.url = url
        host = isUsual ? address.host : address.host + ":" + address.port
        path = address.path
    }

    init(host: String) {
        url = "https://\(host)/"
        self.host = host
        path = "/"
    }
}

extension Diagnostic.ID {
    /// A variable puts a service of AWS where it is not asked.
    package static let awsEndpointRefused = Diagnostic.ID("aws-endpoint-refused")
    /// A region's name is not one.
    package static let awsRegionMalformed = Diagnostic.ID("aws-region-malformed")
    /// The environment asks for something of AWS that cannot be.
    package static let awsSettingUnusable = Diagnostic.ID("aws-setting-unusable")
}
