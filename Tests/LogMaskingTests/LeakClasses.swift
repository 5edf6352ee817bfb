extension LeakClass {
    private static let key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----"
    private static let token = "hunter2-hunter2-hunter2-hunter2-hunter2-hunter2-hunter2"

    /// All classes.
    static let all = plain + encoded + quoted + reshaped + missed

    private static let plain: [LeakClass] = [
        .shown("the value", "printf '<%s>' \"$1\""),
        .shown("lines, prefixed", "printf %s \"$1\" | sed 's/^/| /'", value: key, rest: 8),
        .text("lines, CRLF", "MIIEvQIBADANBgkq\r\nhkiG9w0BAQEFAASC\r\n", value: key),
        .text("lines, CR", "MIIEvQIBADANBgkq\rhkiG9w0BAQEFAASC\r", value: key),
        .text("lines, trimmed", "MIIEvQIBADANBgkq", value: key + "  \n"),
        .shown("colours between bytes", "printf %s \"$1\" | sed 's/./&\\x1b[0m/g'"),
        .shown("wrapped lines", "printf %s \"$1\" | fold -w 20", value: token),
        .text("white space folded", "correct horse battery", value: "correct  horse\tbattery"),
    ]

    private static let encoded: [LeakClass] = [
        .shown("base64, first place", "printf %s \"$1\" | base64"),
        .shown("base64, second place", "printf 'x%s' \"$1\" | base64"),
        .shown("base64, third place", "printf 'xy%s' \"$1\" | base64"),
        .shown("base64url", "printf '?>%s' \"$1\" | base64 -w 0 | tr '+/' '-_' | tr -d =", rest: 8),
        .shown("base64 wrapped at 76", "printf 'user:%s' \"$1\" | base64", value: token, rest: 8),
        .shown("base64 wrapped at 64", "printf 'user:%s' \"$1\" | base64 -w 64", value: token, rest: 8),
        .shown("double base64", "printf 'a%s' \"$1\" | base64 -w 0 | base64 -w 0", rest: 14),
        .shown(
            "base64 of UTF-16", "printf %s \"$1\" | iconv -t UTF-16LE | base64 -w 0"),
        .shown("base32", "printf 'a%s' \"$1\" | base32 -w 0", rest: 14),
        .shown("hex, lower", "printf %s \"$1\" | od -An -v -tx1 | tr -d ' \\n'"),
        .shown("hex, upper", "printf %s \"$1\" | od -An -v -tx1 | tr -d ' \\n' | tr a-f A-F"),
        .shown("hex, pairs", "printf %s \"$1\" | xxd -c 64 | cut -c 11-", value: "p@ss/word-and-more", rest: 60),
        .shown("hex, bytes", "printf %s \"$1\" | od -An -v -tx1 -w64"),
        .shown("byte list", "python3 -c 'import sys; print(list(sys.argv[1].encode()))' \"$1\""),
        .shown("percent, upper", "printf %s \"$1\" | jq -sRr @uri"),
        .shown("percent, lower", "printf %s \"$1\" | jq -sRr @uri | sed 's/%../\\L&/g'"),
        .shown(
            "form encoding",
            "python3 -c 'import sys, urllib.parse as u; print(u.urlencode({1: sys.argv[1]}))' \"$1\""),
        .shown("double percent", "printf %s \"$1\" | jq -sRr '@uri | @uri'"),
        .text("URL userinfo", "//u:p@ss%20w%2Frd+'x%22&%3Ck%3E%5C$1%3D%%60".replacing("p@", with: "p%40")),
        .text("quoted-printable", #"p@ss w/rd+'x"&<k>\$1=3D%`"#),
        .text("XML names", "p@ss w/rd+&apos;x&quot;&amp;&lt;k&gt;\\$1=%`"),
        .shown("HTML numbers", "python3 -c 'import sys, html; print(html.escape(sys.argv[1]))' \"$1\""),
        .shown("UTF-16LE", "printf %s \"$1\" | iconv -t UTF-16LE"),
        .shown("UTF-16BE", "printf %s \"$1\" | iconv -t UTF-16BE"),
    ]

    private static let quoted: [LeakClass] = [
        .text("JSON, Go", #"p@ss w/rd+'x\"\u0026\u003ck\u003e\\$1=%`"#),
        .text("JSON, slashes", #"p@ss w\/rd+'x\"&<k>\\$1=%`"#),
        .shown(
            "JSON, ASCII", "python3 -c 'import sys, json; print(json.dumps(sys.argv[1]))' \"$1\"",
            value: "s\u{E9}cret\"x\n"
        ),
        .shown("JSON in JSON", "jq -nr --arg v \"$1\" '$v | @json | @json'", rest: 8),
        .shown("single quotes", "echo \"${1@Q}\""),
        .shown("dollar quotes", "printf %q \"$1\"", value: "tab\there it's"),
        .shown("printf %q", "printf %q \"$1\""),
        .text("double quotes", #"p@ss w/rd+'x\"&<k>\\\$1=%\`"#),
        .text("PowerShell", #"p@ss w/rd+'x`"&<k>\`$1=%``"#),
        .text("cmd", #"p@ss w/rd+'x^"^&^<k^>\$1=%%`"#),
        .text("Go %q", #"tab\there \"x\" \x1b"#, value: "tab\there \"x\" \u{1B}"),
        .shown("Python repr", "python3 -c 'import sys; print(repr(sys.argv[1]))' \"$1\""),
        .shown("SQL", "printf %s \"$1\" | sed \"s/'/''/g\""),
        .shown("CSV", "jq -nr --arg v \"$1\" '[$v] | @csv'"),
    ]

    private static let reshaped: [LeakClass] = [
        .shown("reversed", "printf %s \"$1\" | rev"),
        .shown("spaced", "printf %s \"$1\" | sed 's/./& /g'"),
        .shown("a byte a line", "printf %s \"$1\" | fold -w 1"),
    ]

    private static let missed: [LeakClass] = [
        .missed("compressed", "printf %s \"$1\" | gzip -n | base64"),
        .missed("another alphabet", "printf %s \"$1\" | tr a-zA-Z n-za-mN-ZA-M"),
        .missed("a part", "printf %s \"${1:0:12}\""),
        .missed("a dump with addresses", "printf %s \"$1\" | xxd", value: token),
        .missed("Ascii85", "python3 -c 'import sys, base64; print(base64.a85encode(sys.argv[1].encode()))' \"$1\""),
    ]
}
