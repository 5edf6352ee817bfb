internal import Diagnostics
internal import Policy
internal import Secrets

/// The names of a dotenv file, without any value.
struct DotenvNames {
    let source: SourceText
    let names: [(name: String, line: Int)]

    init(_ source: SourceText) {
        self.source = source
        let lines = String(decoding: source.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        names = lines.enumerated().compactMap { number, line in
            let text = line.drop { $0 == " " }
            let entry = text.hasPrefix("export ") ? text.dropFirst("export ".count) : text
            guard let sign = entry.firstIndex(of: "="), entry.first != "#" else { return nil }
            return (entry[..<sign].filter { $0 != " " }, number + 1)
        }
    }

    /// A line with a name more.
    func appending(_ name: String) -> LintFix {
        let end = source.bytes.count
        let lineBreak = source.bytes.last == UInt8(ascii: "\n") || end == 0 ? "" : "\n"
        return LintFix(source, end..<end, "\(lineBreak)\(name)=\n")
    }
}

extension SecretEntry {
    /// The name under which a dotenv file has it; nil for other stores.
    var dotenvKey: String? {
        guard case .dotenv(_, let key) = reference else { return nil }
        return key ?? name.text
    }

    /// Where it comes from, without the part of the document.
    var store: String {
        switch reference {
        case .secretsManager(let id, _, _): "aws-sm:" + id
        case .parameterStore(let path, _): "aws-ssm:" + path
        case .file(let path): "file:" + path
        case .dotenv(let file, let key): "dotenv:\(file)#\(key ?? name.text)"
        case .encrypted(let file, let key): "encrypted:\(file)#\(key)"
        }
    }
}
