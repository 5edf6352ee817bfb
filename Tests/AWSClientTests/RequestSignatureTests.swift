import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@testable import AWSClient

/// Held against botocore, which signs the same requests.
@Suite("Request signatures")
struct RequestSignatureTests {
    static let oracle = """
        import json, sys, datetime
        from unittest import mock
        import botocore.auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        out = []
        for case in json.load(sys.stdin):
            moment = datetime.datetime.fromtimestamp(case["time"], datetime.timezone.utc).replace(tzinfo=None)
            request = AWSRequest("POST", case["url"], headers=case["headers"], data=case["body"])
            auth = botocore.auth.SigV4Auth(
                Credentials(case["id"], case["key"], case.get("token")), case["service"], case["region"])
            with mock.patch("botocore.auth.get_current_datetime", return_value=moment, create=True):
                auth.add_auth(request)
            out.append(request.headers["Authorization"])
        print(json.dumps(out))
        """

    struct Case: Codable {
        let time: Int64
        let url: String
        let headers: [String: String]
        let body: String
        let id: String
        let key: String
        let token: String?
        let service: String
        let region: String
    }

    @Test("every request is signed as botocore signs it")
    func likeBotocore() throws {
        var random = SeededRandom(seed: 11)
        let cases = (0..<200).map { index in
            Case(
                time: Int64.random(in: 0...4_000_000_000, using: &random),
                url: ["https://ssm.eu-west-1.amazonaws.com/", "http://127.0.0.1:5055/", "https://[::1]:8443/a%20b/c"][
                    index % 3
                ],
                headers: index.isMultiple(of: 2)
                    ? ["content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.GetParameters"]
                    : ["content-type": "application/x-www-form-urlencoded; charset=utf-8"],
                body: String(repeating: "ä{\"n\":\(index)}", count: index % 5),
                id: "AKIDEXAMPLE\(index)",
                key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\(index)",
                token: index.isMultiple(of: 3) ? nil : "session/token+\(index)==",
                service: AWSService.allCases[index % 4].code,
                region: ["eu-west-1", "cn-north-1"][index % 2]
            )
        }
        let answers = try Python.run(Self.oracle, input: JSONEncoder().encode(cases))
        let expected = try JSONDecoder().decode([String].self, from: answers)
        for (item, authorization) in zip(cases, expected) {
            #expect(try Self.authorization(of: item) == authorization)
        }
        #expect(expected.count == cases.count)
    }

    private static func authorization(of item: Case) throws -> String? {
        let credentials = AWSCredentials(
            accessKeyID: item.id,
            secretAccessKey: try .of(item.key),
            sessionToken: try item.token.map { try .of($0) }
        )
        let signature = RequestSignature(
            credentials: credentials,
            service: try #require(AWSService(rawValue: item.service)),
            region: item.region,
            time: AWSTimestamp(item.time)
        )
        let headers = item.headers.map { (name: $0.key, value: $0.value) }
        let signed = try signature.headers(
            signing: headers,
            endpoint: try AWSEndpoint(url: item.url, givenBy: "test"),
            body: .secret(try .of(item.body))
        )
        guard case .plain(let text)? = signed.first(where: { $0.name == "authorization" })?.value else { return nil }
        return text
    }
}
