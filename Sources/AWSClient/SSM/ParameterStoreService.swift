import HTTPTransport
import StrictJSON

/// Parameter Store (docs.aws.amazon.com/systems-manager/latest/APIReference).
package struct ParameterStoreService: Sendable {
    /// How many parameters one request may name.
    package static let batchLimit = 10

    private let connection: AWSConnection

    /// The service of the connection's region.
    package init(_ connection: AWSConnection) { self.connection = connection }

    /// Up to 10 parameters, decrypted; each of `names` has an entry, a value or why there is none.
    ///
    /// A name may end in `:VERSION` or `:LABEL`, and stands there once: an answer has one version of it. Throws where there is no answer for all of them.
    package func parameters(
        _ names: [String],
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> [Result<VersionedValue, AWSError>] {
        let call = AWSCall.json(
            .ssm, "GetParameters",
            target: "AmazonSSM",
            body: .bytes(
                JSONWriter.object([
                    ("Names", .array(names.map(JSONWriter.string))), ("WithDecryption", .bool(true)),
                ]).bytes
            )
        )
        let json = try await connection.json(call, signedBy: credentials)
        let answer = ParametersAnswer(json, call: call)
        return names.map(answer.result)
    }

    /// Whether there is a parameter of this name; its value is not read.
    package func exists(_ name: String, signedBy credentials: AWSCredentials) async throws(AWSError) -> Bool {
        let filter = JSONWriter.object([
            ("Key", .string("Name")), ("Option", .string("Equals")), ("Values", .array([.string(name)])),
        ])
        let call = AWSCall.json(
            .ssm, "DescribeParameters",
            target: "AmazonSSM",
            body: .bytes(JSONWriter.object([("ParameterFilters", .array([filter]))]).bytes)
        )
        let json = try await connection.json(call, signedBy: credentials)
        let found = json.root.object?["Parameters"]?.array ?? []
        return found.contains { json.text($0.object?["Name"])?.utf8.elementsEqual(name.utf8) == true }
    }
}
