import Broker
import Secrets
import Testing

@Suite("Question for secrets")
struct QuestionBodyTests {
    @Test(
        "names the secrets that are asked for",
        arguments: [
            (#"{"secrets":["prod/API_KEY"]}"#, ["prod/API_KEY"]),
            (#" {"secrets" : [ "b/B", "a/A", "b/B" ] } "#, ["b/B", "a/A", "b/B"]),
            (#"{"secrets":["prod\/\u0041"]}"#, ["prod/A"]), (#"{"secrets":[]}"#, []), ("{}", []), ("", []),
        ]
    )
    func secrets(body: String, paths: [String]) throws {
        let question = try #require(try question(body, allowsToken: false))
        #expect(question.secrets.map(\.description) == paths)
        #expect(question.subjectToken == nil)
    }

    @Test(
        "may carry the job's token where one belongs",
        arguments: [
            (#"{"subject_token":"a.b.c"}"#, "a.b.c"), (#"{"secrets":["p/A"],"subject_token":"\u0061\n"}"#, "a\n"),
            (#"{"subject_token":""}"#, ""), (#"{"secrets":["p/A"]}"#, nil),
        ] as [(String, String?)]
    )
    func token(body: String, token: String?) throws {
        let question = try #require(try question(body, allowsToken: true))
        let found = question.subjectToken.map { token in token.withExposedBytes { String(decoding: $0, as: UTF8.self) }
        }
        #expect(found == token)
        #expect(try self.question(body, allowsToken: false) == nil || token == nil)
    }

    @Test(
        "anything else is refused as a whole",
        arguments: [
            "[]", "null", "{", #"{"secrets":"p/A"}"#, #"{"secrets":null}"#, #"{"secrets":["p/A",1]}"#,
            #"{"secrets":["A"]}"#, #"{"secrets":["p/A"],"secrets":[]}"#, #"{"other":1}"#, #"{"Secrets":[]}"#,
            #"{"secrets":[["p/A"]]}"#, #"{"subject_token":1}"#, #"{"subject_token":null}"#, "{} {}", "\u{FEFF}{}",
        ]
    )
    func malformed(body: String) throws {
        #expect(try question(body, allowsToken: true) == nil)
        #expect(try question(body, allowsToken: false) == nil)
    }

    @Test("an empty body asks for everything, but names no token")
    func empty() throws {
        #expect(try question("", allowsToken: true) == nil)
    }

    @Test("a body longer than 32 KiB is refused")
    func long() throws {
        let room = 32 * 1024 - 2
        #expect(try question("{" + String(repeating: " ", count: room) + "}", allowsToken: false) != nil)
        #expect(try question("{" + String(repeating: " ", count: room + 1) + "}", allowsToken: false) == nil)
    }

    private func question(_ body: String, allowsToken: Bool) throws -> QuestionBody? {
        QuestionBody(try Array(body.utf8).withUnsafeBytes { try SecretBytes(copying: $0) }, allowsToken: allowsToken)
    }
}
