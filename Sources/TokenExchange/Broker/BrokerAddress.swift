package import Diagnostics
import HTTPTransport

/// The URL of a broker, to which the paths of its interface are appended.
package struct BrokerAddress: Sendable {
    /// The URL without a slash at its end.
    package let url: String

    /// Checks a URL; needs libcurl, which reads it as it will read the requests' own.
    package init(_ text: String) throws(Diagnostic) {
        var url = text[...]
        while url.hasSuffix("/") { url = url.dropLast() }
        let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"?#@".utf8.contains($0) }
        let address = isPlain ? try? HTTPAddress(String(url)) : nil
        guard let address, address.scheme == "https" || address.isLoopback else {
            throw Diagnostic(
                .brokerAddress, "`\(ShownURL(text))` is no URL of a broker",
                [.help("write `https://`, host, port and path alone; plain `http://` is for this machine only")]
            )
        }
        self.url = String(url)
    }

    func endpoint(_ path: String) -> String { url + path }

    /// A URL that may be anything, such as one with a password in it.
    private struct ShownURL: CustomStringConvertible {
        let description: String
        init(_ text: String) { description = text.utf8.contains(UInt8(ascii: "@")) ? "…" : String(text.prefix(200)) }
    }
}

extension Diagnostic.ID {
    /// A broker's URL is none that is asked.
    package static let brokerAddress = Diagnostic.ID("broker-address")
}
