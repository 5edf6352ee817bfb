import InjectTesting
import JOSE
import Testing

@Suite("Compact tokens")
struct CompactJWSTests {
    static let header = Base64URL.encode(Array(#"{"alg":"RS256"}"#.utf8))

    static func refusal(_ text: some Sequence<UInt8>, limits: JWSLimits = .token) throws -> JOSEError.Code? {
        let token = try Trial.secret(Array(text))
        do throws(JOSEError) {
            _ = try CompactJWS(parsing: token, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "a token has exactly three parts, and none is empty",
        arguments: [
            ("", JOSEError.Code.notThreeParts), (".", .notThreeParts), ("..", .emptyPart), ("...", .notThreeParts),
            ("H", .notThreeParts), ("H.e30", .notThreeParts), ("H.e30.AA.", .notThreeParts),
            ("H.e30.AA.AA", .notThreeParts), ("H.AA.AA.AA.AA", .notThreeParts), (".e30.AA", .emptyPart),
            ("H..AA", .emptyPart), ("H.e30.", .emptyPart), (".H.e30.AA", .notThreeParts),
        ]
    )
    func parts(shape: String, refusal: JOSEError.Code) throws {
        #expect(try Self.refusal(shape.replacing("H", with: Self.header).utf8) == refusal)
    }

    @Test(
        "every part is canonical base64url",
        arguments: [
            "H=.e30.AA", "H.e30=.AA", "H.e30.AA==", " H.e30.AA", "H.e30.AA\n", "H. e30.AA", "H.e31.AA", "H.e30.AB",
            "H.e30.+/8A", "H.e30.A", "H.e3\u{0}.AA", "H.{}.AA", "H.e30.\u{e9}\u{e9}",
        ]
    )
    func encoding(shape: String) throws {
        #expect(try Self.refusal(shape.replacing("H", with: Self.header).utf8) == .notBase64URL)
    }

    @Test("a token has at most 16 KiB, and a million dots cost nothing")
    func length() throws {
        let start = Array("\(Self.header).e30.".utf8)
        let room = 16 * 1024 - start.count
        let longest = start + [UInt8](repeating: UInt8(ascii: "A"), count: room - (room % 4 == 1 ? 1 : 0))
        #expect(try Self.refusal(longest) == nil)
        #expect(try Self.refusal(longest + [UInt8](repeating: UInt8(ascii: "A"), count: 4)) == .tokenTooLong)
        #expect(try Self.refusal([UInt8](repeating: UInt8(ascii: "."), count: 16 * 1024)) == .notThreeParts)
        #expect(try Self.refusal([UInt8](repeating: UInt8(ascii: "."), count: 1_000_000)) == .tokenTooLong)
    }

    @Test("an empty payload passes only where the limits say so")
    func emptyPayload() throws {
        let token = "\(Self.header)..AA".utf8
        #expect(try Self.refusal(token) == .emptyPart)
        #expect(try Self.refusal(token, limits: JWSLimits(allowsEmptyPayload: true)) == nil)
    }

    @Test(
        "a header is one JSON object that two readers read alike",
        arguments: [
            "", "null", "[]", "\"RS256\"", "{}", "{", #"{"alg":"RS256"}x"#, #"{"alg":"RS256",}"#,
            "\u{FEFF}{\"alg\":\"RS256\"}", #"{"alg":"RS256","alg":"RS256"}"#, #"{"alg":"none","\u0061lg":"RS256"}"#,
            #"{'alg':'RS256'}"#, #"{"alg":null}"#, #"{"alg":256}"#, #"{"alg":["RS256"]}"#, #"{"Alg":"RS256"}"#,
            #"{"alg":"RS256","kid":7}"#, #"{"alg":"RS256","kid":null}"#, #"{"alg":"RS256","typ":["JWT"]}"#,
            #"{"alg":"RS256","a":[[[[[[[[]]]]]]]]}"#,
        ]
    )
    func malformedHeader(header: String) throws {
        let code = try Self.refusal("\(Base64URL.encode(Array(header.utf8))).e30.AA".utf8)
        #expect(code == (header.isEmpty ? .emptyPart : .malformedHeader))
    }

    @Test("a header of more than 256 members is refused")
    func manyMembers() throws {
        for (count, code) in [(255, nil), (256, JOSEError.Code.malformedHeader)] {
            let others = (0..<count).map { "\"m\($0)\":0" }.joined(separator: ",")
            let header = Base64URL.encode(Array("{\"alg\":\"RS256\",\(others)}".utf8))
            #expect(try Self.refusal("\(header).e30.AA".utf8) == code)
        }
    }

    @Test(
        "extensions and tokens inside tokens are refused whatever they hold",
        arguments: [
            (#""crit":["exp"]"#, JOSEError.Code.extendedHeader), (#""crit":[]"#, .extendedHeader),
            (#""crit":null"#, .extendedHeader), (#""crit":"b64""#, .extendedHeader),
            (#""b64":false,"crit":["b64"]"#, .extendedHeader), (#""b64":false"#, .extendedHeader),
            (#""b64":true"#, .extendedHeader), (#""cr\u0069t":["x"]"#, .extendedHeader),
            (#""cty":"JWT""#, .nestedContent), (#""cty":"""#, .nestedContent), (#""cty":null"#, .nestedContent),
        ]
    )
    func extensions(member: String, refusal: JOSEError.Code) throws {
        let header = Base64URL.encode(Array("{\"alg\":\"RS256\",\(member)}".utf8))
        #expect(try Self.refusal("\(header).e30.AA".utf8) == refusal)
    }

    @Test("a kid has at most 128 bytes, counted once escapes are resolved")
    func keyID() throws {
        let cases: [(String, JOSEError.Code?)] = [
            (String(repeating: "k", count: 128), nil), (String(repeating: "k", count: 129), .keyIDTooLong),
            (String(repeating: #"\u006b"#, count: 128), nil), (String(repeating: "é", count: 65), .keyIDTooLong),
            (String(repeating: "k", count: 10_000), .keyIDTooLong),
        ]
        for (keyID, refusal) in cases {
            let header = Base64URL.encode(Array("{\"alg\":\"RS256\",\"kid\":\"\(keyID)\"}".utf8))
            #expect(try Self.refusal("\(header).e30.AA".utf8) == refusal)
        }
    }
}
