import Foundation
import InjectTesting
import JOSE

/// Says from the documents alone, read by Foundation and not by our own reader, which valid tokens our rules refuse.
struct WycheproofOracle {
    /// The keys of the group as they are in the file: public ones if it has them, else private ones.
    let keys: [[String: Any]]
    /// The same as a set for our reader.
    let keySet: [UInt8]

    init(_ group: WycheproofFile.Group) throws {
        let key = group.fields["public"] as? [String: Any] ?? group.fields["private"] as? [String: Any] ?? [:]
        keys = key["keys"] as? [[String: Any]] ?? [key]
        keySet = [UInt8](try JSONSerialization.data(withJSONObject: ["keys": keys]))
    }

    /// Whether no key of the group could ever verify here.
    var isSymmetric: Bool { keys.allSatisfy { $0["kty"] as? String == "oct" } }

    /// Why a valid token must be refused, or nil where it must be accepted.
    func reason(against token: String) -> String? {
        if keys.contains(where: { $0["k"] != nil || $0["d"] != nil }) { return "symmetric or private key" }
        let parts = token.components(separatedBy: ".")
        guard parts.count == 3, parts.allSatisfy({ Self.canonical($0) != nil }) else { return "not canonical" }
        guard let header = Self.canonical(parts[0]).flatMap(Self.object) else { return "header" }
        if !Set(header.keys).isDisjoint(with: ["crit", "b64", "cty"]) { return "header extension" }
        if let type = header["typ"], (type as? String)?.uppercased() != "JWT" { return "typ" }
        guard let name = header["alg"] as? String, JWSAlgorithm(rawValue: name) != nil else { return "algorithm" }
        guard let key = keys.first(where: { $0["kid"] as? String == header["kid"] as? String }) else { return "kid" }
        if let declared = key["alg"] as? String, declared != name { return "key declares another algorithm" }
        return Self.reason(againstKey: key, for: name)
    }

    /// Why the key rules refuse a key for an algorithm.
    static func reason(againstKey key: [String: Any], for algorithm: String) -> String? {
        if let use = key["use"] as? String, use != "sig" { return "use" }
        if let operations = key["key_ops"] as? [String], !operations.contains("verify") { return "key_ops" }
        switch (key["kty"] as? String ?? "", algorithm.prefix(2)) {
        case ("RSA", "RS"), ("RSA", "PS"):
            let bits = number(key["n"]).count * 8
            if !(2048...8200).contains(bits) { return "RSA size" }
            let exponent = number(key["e"])
            return exponent.count > 8 || exponent.count < 3 ? "RSA exponent" : nil
        case ("EC", "ES"):
            let curves = ["ES256": "P-256", "ES384": "P-384", "ES512": "P-521"]
            return curves[algorithm] == key["crv"] as? String ? nil : "curve"
        case ("OKP", "Ed"): return key["crv"] as? String == "Ed25519" ? nil : "curve"
        default: return "key type"
        }
    }

    private static func number(_ text: Any?) -> Data {
        Data((canonical(text as? String ?? "") ?? Data()).drop { $0 == 0 })
    }

    private static func object(_ data: Data) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    }

    /// Decodes with Foundation, and only what Foundation encodes the same way again.
    private static func canonical(_ text: String) -> Data? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        guard let data = Data(base64Encoded: standard + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
        else { return nil }
        let again = data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return again.replacing("=", with: "") == text ? data : nil
    }
}
