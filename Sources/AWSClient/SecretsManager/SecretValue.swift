import HTTPTransport
import Secrets
import StrictJSON

/// The value in an answer, text as it is and bytes decoded from base64, and its version.
enum SecretValue {
    static func read(_ node: JSONNode, in json: JSONBody, of call: AWSCall) throws(AWSError) -> VersionedValue {
        guard let object = node.object, let value = try? value(object, json), !value.isEmpty else {
            throw AWSError(
                .unreadable(status: 200), call.service, call.operation,
                message: "an entry that has neither `SecretString` nor `SecretBinary`"
            )
        }
        return VersionedValue(value, version: json.text(object["VersionId"]))
    }

    private static func value(_ object: JSONObject, _ json: JSONBody) throws(SecretMemoryError) -> SecretBytes? {
        if let text = object["SecretString"]?.string { return try json.secret(text) }
        guard let binary = object["SecretBinary"]?.string else { return nil }
        return try Base64.decode(try json.secret(binary))
    }
}
