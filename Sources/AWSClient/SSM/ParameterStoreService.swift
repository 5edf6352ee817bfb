import HTTPTransport
import StrictJSON

/// Parameter Store (docs.aws.amazon.com/systems-manager/latest/APIReference).
package struct ParameterStoreService: Sendable {
    /// How many parameters one request may name.
    package static let batchLimit = 10
    private static let mostPages = 50

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

    /// What is known of a parameter without its value; nil where there is none of this name.
    package func describe(
        _ name: String,
        signedBy credentials: AWSCredentials
    ) async throws(AWSError) -> ParameterDescription? {
        var token: String?
        for _ in 0..<Self.mostPages {
            let call = Self.description(of: name, from: token)
            let json = try await connection.json(call, signedBy: credentials)
            let found = json.root.object?["Parameters"]?.array ?? []
            let own = found.first { json.text($0.object?["Name"])?.utf8.elementsEqual(name.utf8) == true }
            if let own { return ParameterDescription(latest: own.object?["Version"]?.number?.integer) }
            token = json.text(json.root.object?["NextToken"])
            // A page may be empty and not the last one.
            guard token?.isEmpty == false else { return nil }
        }
        throw AWSError(
            .unreadable(status: 200), .ssm, "DescribeParameters", message: "\(Self.mostPages) pages and no end"
        )
    }

    private static func description(of name: String, from token: String?) -> AWSCall {
        let filter = JSONWriter.object([
            ("Key", .string("Name")), ("Option", .string("Equals")), ("Values", .array([.string(name)])),
        ])
        let page = token.map { [("NextToken", JSONWriter.string($0))] } ?? []
        return .json(
            .ssm, "DescribeParameters",
            target: "AmazonSSM",
            body: .bytes(JSONWriter.object([("ParameterFilters", .array([filter]))] + page).bytes)
        )
    }
}
