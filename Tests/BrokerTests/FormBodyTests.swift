import Broker
import Secrets
import Testing

@Suite("Form body")
struct FormBodyTests {
    @Test(
        "a parameter's value is decoded",
        arguments: [
            ("token=abc.def-_", "abc.def-_"), ("token=a+b%20c%2B", "a b c+"), ("token=%e2%82%AC", "€"),
            ("token=a=b", "a=b"), ("to%6ben=a", "a"), ("other=1&token=2", "2"), ("token=2&other", nil),
            ("&&token=1&", "1"), ("other=&token=1", "1"), ("token=", nil), ("Token=1", nil), ("", nil), ("=1", nil),
        ] as [(String, String?)]
    )
    func value(form: String, value: String?) throws {
        #expect(try body(form)?.text("token") == value)
    }

    @Test(
        "what is no form is refused as a whole",
        arguments: [
            "token", "a=1&token", "token=%", "token=%2", "token=%zz", "%=1", "token=1&token=2", "token=1&to%6Ben=2",
            "token=&token=1",
        ]
    )
    func malformed(form: String) throws {
        #expect(try body(form) == nil)
    }

    @Test("sixteen parameters are read, and no more")
    func most() throws {
        let form = (1...16).map { "p\($0)=\($0)" }.joined(separator: "&")
        #expect(try body(form)?.text("p16") == "16")
        #expect(try body(form + "&p17=17") == nil)
    }

    @Test("any bytes come through an encoding of all of them")
    func everyByte() throws {
        let bytes = (0...255).map { UInt8($0) }
        let encoded = bytes.map { ($0 < 16 ? "%0" : "%") + String($0, radix: 16) }.joined()
        let value = try #require(try body("token=" + encoded)?["token"])
        #expect(value.withExposedBytes { Array($0) } == bytes)
    }

    private func body(_ form: String) throws -> FormBody? {
        FormBody(try Array(form.utf8).withUnsafeBytes { try SecretBytes(copying: $0) })
    }
}
