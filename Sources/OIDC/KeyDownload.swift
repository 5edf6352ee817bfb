package import Diagnostics
import HTTPTransport
import JOSE
import Secrets
import StrictJSON

extension Diagnostic.ID {
    /// The issuer's keys could not be fetched.
    package static let issuerKeysUnavailable = Diagnostic.ID("issuer-keys-unavailable")
    /// The issuer's keys are not ones that may be used.
    package static let issuerKeysRefused = Diagnostic.ID("issuer-keys-refused")
    /// The issuer's discovery document says something that is not followed.
    package static let issuerDiscoveryRefused = Diagnostic.ID("issuer-discovery-refused")
}

/// One fetch of an issuer's keys.
struct KeyDownload: Sendable {
    struct Reply: Sendable {
        let set: JWKSet
        let serverTime: Int64?
    }

    let issuer: IssuerConfiguration
    let http: any HTTPClient
    let trustsLoopback: Bool

    func keys() async -> Result<Reply, Diagnostic> {
        do throws(Diagnostic) {
            let response = try await get(try await keysAddress())
            let set = try response.body.withExposedBytes { (text) throws(Diagnostic) in try Self.set(text, issuer) }
            return .success(Reply(set: set, serverTime: response.serverTime))
        } catch {
            return .failure(error)
        }
    }

    private func keysAddress() async throws(Diagnostic) -> String {
        switch issuer.keys {
        case .address(let address): return address
        case .discovery(let address): return try discovered(try await get(address))
        case .supplied:
            throw Diagnostic(
                .issuerKeysUnavailable,
                "the keys of issuer `\(issuer.issuer)` are on the machine that made the token, and not here"
            )
        }
    }

    /// The document must be about this issuer (OpenID Connect Discovery 1.0, section 4.3), and may send us to the same
    /// host alone: whoever can change one document must not redirect the trust in all tokens.
    private func discovered(_ response: HTTPResponse) throws(Diagnostic) -> String {
        let members = response.body.withExposedBytes { text -> (issuer: [UInt8]?, keys: [UInt8]?)? in
            guard let object = (try? JSONDocument(indexing: text, limits: .keySet))?.root.object else { return nil }
            return (object["issuer"]?.string?.bytes(in: text), object["jwks_uri"]?.string?.bytes(in: text))
        }
        guard let (named, keys) = members else { throw refused("cannot be read as a JSON object") }
        guard let named, named.elementsEqual(issuer.issuer.utf8) else {
            throw refused("names another issuer or none")
        }
        let address = String(decoding: keys ?? [], as: UTF8.self)
        guard let target = try? HTTPAddress(address), let own = try? HTTPAddress(issuer.issuer),
            target.hasOrigin(of: own)
        else { throw refused("puts the keys on another host or nowhere") }
        return address
    }

    private func refused(_ reason: String) -> Diagnostic {
        Diagnostic(
            .issuerDiscoveryRefused,
            "the discovery document of issuer `\(issuer.issuer)` \(reason)",
            [.help("check the issuer's spelling; keys from elsewhere can be given with `--jwks FILE`")]
        )
    }

    private func get(_ address: String) async throws(Diagnostic) -> HTTPResponse {
        let request = HTTPRequest(
            url: address,
            headers: [("Accept", .plain("application/json"))],
            timeout: .seconds(5),
            maximumBodyBytes: JSONLimits.keySet.bytes,
            allowsPlainHTTPToLoopback: trustsLoopback
        )
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch {
            throw unavailable(error.message)
        }
        // A redirect is no answer: it would let another host speak for the issuer.
        guard response.status == 200 else { throw unavailable("`\(address)` answered \(response.status)") }
        return response
    }

    private func unavailable(_ reason: String) -> Diagnostic {
        Diagnostic(
            .issuerKeysUnavailable,
            "the keys of issuer `\(issuer.issuer)` could not be fetched",
            [.note(reason), .help("try again; if it stays, check that this machine may reach the issuer over HTTPS")]
        )
    }

    private static func set(
        _ text: UnsafeRawBufferPointer,
        _ issuer: IssuerConfiguration
    ) throws(Diagnostic) -> JWKSet {
        do {
            return try JWKSet(parsing: text)
        } catch {
            throw Diagnostic(
                .issuerKeysRefused,
                "the key set of issuer `\(issuer.issuer)` cannot be used: \(error.detail)"
            )
        }
    }
}
