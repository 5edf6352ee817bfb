import Foundation
import JOSE
import Secrets

extension FakeIssuer {
    /// A token as the job of a push to acme/shop's main branch gets it, good for five minutes.
    package func jobToken(audience: String) throws -> String {
        let now = Int64(Date().timeIntervalSince1970)
        let payload = """
            {"iss":"\(url)","aud":"\(audience)","sub":"repo:acme/shop:ref:refs/heads/main","jti":"\(UUID())",\
            "exp":\(now + 300),"iat":\(now),"nbf":\(now - 5),"repository":"acme/shop","repository_id":"456789",\
            "event_name":"push","ref":"refs/heads/main","run_id":"77","run_attempt":"2"}
            """
        let token = try signer.sign(payload: Array(payload.utf8))
        return token.withExposedBytes { String(decoding: $0, as: UTF8.self) }
    }
}
