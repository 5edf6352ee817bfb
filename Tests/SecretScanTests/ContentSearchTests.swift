import InjectTesting
import LogMasking
import SecretScan
import Secrets
import Testing

@Suite("The search of a content")
struct ContentSearchTests {
    /// One result, as text.
    private static func results(_ content: [UInt8], pieces size: Int) throws -> [String] {
        let value = try Array("hunter2-hunter2".utf8).withUnsafeBytes { try SecretBytes(copying: $0) }
        var results: [String] = []
        let search = try ContentSearch(of: ScanPath("a"), MaskPatterns([MaskedValue(name: "P", value: value)])) {
            results.append("\($0.shown) \($1)")
        }
        for start in stride(from: 0, to: content.count, by: size) {
            try content[start..<min(start + size, content.count)].withUnsafeBytes { try search.write($0) }
        }
        try search.finish()
        return results
    }

    /// Containers in containers, written by Python.
    private static let archives = Result {
        let script = """
            import gzip, io, sys, tarfile, zipfile
            S = b"hunter2-hunter2"
            def tar(name, data, form):
                out = io.BytesIO()
                with tarfile.open(fileobj=out, mode="w", format=form) as file:
                    info = tarfile.TarInfo(name)
                    info.size = len(data)
                    file.addfile(info, io.BytesIO(data))
                return out.getvalue()
            class Pipe(io.RawIOBase):
                data = b""
                def writable(self): return True
                def write(self, data): self.data += bytes(data); return len(data)
            def zip(data, method=zipfile.ZIP_DEFLATED, out=None):
                out = out or io.BytesIO()
                with zipfile.ZipFile(out, "w", method) as file:
                    for name in "bc": file.writestr(name, data)
                return out.data if isinstance(out, Pipe) else out.getvalue()
            for data in [
                gzip.compress(S) + gzip.compress(b"x") + bytes(20),
                tar("n" * 200, b"x" * 600 + S, tarfile.GNU_FORMAT),
                gzip.compress(tar("n" * 200, zip(S), tarfile.PAX_FORMAT)),
                zip(S + b"x" * 600, out=Pipe()),
                zip(gzip.compress(S), zipfile.ZIP_STORED),
            ]:
                sys.stdout.buffer.write(data.hex().encode() + b"\\n")
            """
        return String(decoding: try Python.run(script, arguments: []), as: UTF8.self).split(separator: "\n").map {
            line in
            stride(from: 0, to: line.utf8.count, by: 2).map { place in
                let start = line.index(line.startIndex, offsetBy: place)
                return UInt8(line[start..<line.index(start, offsetBy: 2)], radix: 16) ?? 0
            }
        }
    }

    @Test("is the same however the content is cut into pieces", arguments: 0..<5)
    func pieces(number: Int) throws {
        let archive = try Self.archives.get()[number]
        let whole = try Self.results(archive, pieces: archive.count)
        #expect(whole.contains { $0.contains("count: 1") })
        for size in [1, 2, 3, 7, 30, 511, 512, 513] {
            #expect(try Self.results(archive, pieces: size) == whole, "pieces of \(size)")
        }
    }

    @Test("tells a content that was cut off from a whole one", arguments: 0..<5)
    func prefixes(number: Int) throws {
        let archive = try Self.archives.get()[number]
        let whole = try Self.results(archive, pieces: archive.count)
        for count in stride(from: 4, to: archive.count, by: 11) {
            let results = try Self.results(Array(archive[..<count]), pieces: 64)
            let isClosed = results.contains { $0.contains("closed") }
            #expect(isClosed || results.last?.contains("entries: []") == true || results == whole, "\(count) bytes")
        }
    }
}
