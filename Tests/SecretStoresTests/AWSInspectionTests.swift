import Diagnostics
import InjectTesting
import SecretStores
import Secrets
import Testing

@Suite("Looking whether AWS has a secret")
struct AWSInspectionTests {
    private static func message(of text: String, in server: LoopbackServer) async throws -> String? {
        let reference = try SecretReference(parsing: text)
        let inspection = AWSInspection(try AWSFixture.session(server.url), of: [reference])
        switch await inspection.finding(of: reference) {
        case .present: return nil
        case .hidden(let action): return action
        case .unreadable(let error): return error.message
        }
    }

    @Test("a parameter is found on a later page, and pages that do not end are an error")
    func pages() async throws {
        let found = try LoopbackServer { request in
            String(decoding: request.body, as: UTF8.self).contains(#""NextToken":"more""#)
                ? .text(#"{"Parameters":[{"Name":"/a","Version":3}]}"#)
                : .text(#"{"Parameters":[],"NextToken":"more"}"#)
        }
        #expect(try await Self.message(of: "aws-ssm:/a", in: found) == nil)
        #expect(found.requests.count == 2)
        let endless = try LoopbackServer { _ in .text(#"{"Parameters":[],"NextToken":"more"}"#) }
        #expect(try await Self.message(of: "aws-ssm:/a", in: endless) == "parameter `/a` could not be fetched")
        #expect(endless.requests.count == 50)
        let empty = try LoopbackServer { _ in .text(#"{"Parameters":[]}"#) }
        #expect(try await Self.message(of: "aws-ssm:/a", in: empty) == "there is no parameter `/a` in `eu-west-1`")
        #expect(empty.requests.count == 1)
    }

    @Test(
        "a version is there where its number is none too high",
        arguments: [("1", true), ("3", true), ("blue", true), ("4", false), ("0", false)]
    )
    func versions(selector: String, isThere: Bool) async throws {
        let server = try LoopbackServer { _ in .text(#"{"Parameters":[{"Name":"/a","Version":3}]}"#) }
        let message = try await Self.message(of: "aws-ssm:/a:\(selector)", in: server)
        #expect(message == (isThere ? nil : "parameter `/a` has no version \(selector)"))
    }

    @Test("a secret that is missing is missed in the region of its ARN")
    func region() async throws {
        let server = try LoopbackServer { _ in .text(#"{"__type":"ResourceNotFoundException"}"#, status: 400) }
        let arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:a-AbCdEf"
        #expect(
            try await Self.message(of: "aws-sm:\(arn)", in: server) == "there is no secret `\(arn)` in `us-east-2`")
    }
}
