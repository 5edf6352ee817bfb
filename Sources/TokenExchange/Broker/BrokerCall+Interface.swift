import HTTPTransport
import Secrets
import StrictJSON

/// The broker's interface.
extension BrokerCall {
    static let tokenPath = "/v1/token"
    static let exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let formType = "application/x-www-form-urlencoded"
    private static let jsonType = "application/json"
    private static let mostNames = 256

    /// It is not sent twice where the first may have been received: a job's token is good for one exchange.
    ///
    /// A broker that does not know `environment` takes that of the job's token (RFC 6749, section 3.2).
    static func exchange(
        _ token: SecretBytes,
        _ scope: [SecretPath],
        in environment: String?
    ) throws(SecretMemoryError) -> BrokerCall {
        var form = try SecretBuffer(capacity: token.count + 1024)
        let kind = PercentEncoding.component("urn:ietf:params:oauth:token-type:id_token")
        try form.append("grant_type=\(PercentEncoding.component(exchangeGrant))&subject_token_type=\(kind)")
        if !scope.isEmpty {
            let words = scope.map(\.description).joined(separator: " ")
            try form.append("&scope=\(PercentEncoding.component(words))")
        }
        if scope.isEmpty, let environment {
            try form.append("&environment=\(PercentEncoding.component(environment))")
        }
        try form.append("&subject_token=")
        try PercentEncoding.append(token, to: &form)
        var call = BrokerCall(.exchange, tokenPath, type: formType, body: .secret(form.finish()))
        call.isRepeatable = false
        call.isShielded = true
        // The scope is in it; an answer that was not read would leave its token alive.
        call.maximumBodyBytes = 1 << 20
        return call
    }

    static func fetch(_ paths: [SecretPath], _ token: BrokerToken) -> BrokerCall {
        // A list of so many is longer than a broker reads; none is all that the token opens.
        let isAll = paths.count > mostNames && Set(paths) == Set(token.scope)
        let names = JSONWriter.object([("secrets", .array((isAll ? [] : paths).map { .string($0.description) }))])
        var call = BrokerCall(.fetch, "/v1/secrets", type: jsonType, body: .bytes(Array(names.line.utf8)))
        call.headers.append(("Authorization", .secret(prefix: "Bearer ", token.credential)))
        call.maximumBodyBytes = 16 << 20
        return call
    }

    /// Little time is left for it: the job waits, or is being ended.
    static func revocation(_ token: BrokerToken) throws(SecretMemoryError) -> BrokerCall {
        var form = try SecretBuffer(capacity: token.credential.count * 3 + 16)
        try form.append("token=")
        try PercentEncoding.append(token.credential, to: &form)
        var call = BrokerCall(.revocation, "/v1/revoke", type: formType, body: .secret(form.finish()))
        call.timeout = .milliseconds(2000)
        call.attempts = 2
        call.isShielded = true
        return call
    }

    /// A token's characters need no escape in JSON: it was three segments of base64url.
    static func explanation(_ token: SecretBytes, _ paths: [SecretPath]) throws(SecretMemoryError) -> BrokerCall {
        var body = try SecretBuffer(capacity: token.count + 1024)
        try body.append("{\"subject_token\":\"")
        try token.withExposedBytes { (bytes) throws(SecretMemoryError) in try body.append(bytes) }
        let names = JSONWriter.array(paths.map { .string($0.description) })
        try body.append("\",\"secrets\":\(names.line)}")
        var call = BrokerCall(.explanation, "/v1/explain", type: jsonType, body: .secret(body.finish()))
        call.maximumBodyBytes = 1 << 20
        return call
    }
}
