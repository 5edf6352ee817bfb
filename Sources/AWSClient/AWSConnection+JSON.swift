package import HTTPTransport
import Secrets
import StrictJSON

extension AWSConnection {
    /// Sends a call of the JSON protocol and reads its answer.
    package func json(_ call: AWSCall, signedBy credentials: AWSCredentials) async throws(AWSError) -> JSONBody {
        let answer = try await send(call, signedBy: credentials)
        let json: JSONBody
        do {
            json = try JSONBody(answer.body, limits: .document)
        } catch {
            throw AWSError(call, unreadable: answer, "a body that is no JSON (\(answer.body.count) bytes)")
        }
        guard json.root.object != nil else {
            throw AWSError(call, unreadable: answer, "JSON that is \(json.root.kind) and no object")
        }
        return json
    }
}
