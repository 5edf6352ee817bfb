import Foundation
import InjectTesting
import Testing

@Suite("inject scan in archives")
struct ScanArchiveTests {
    private static let secret = "hunter2-hunter2"

    private static func workplace(_ script: String) throws -> Workplace {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"PASSWORD":"hunter2-hunter2"}"#)
        _ = try Python.run(
            "import os, sys; os.chdir(sys.argv[1])\n" + library + script, arguments: [workplace.folder.path("")])
        return workplace
    }

    private static func scan(_ workplace: Workplace, _ path: String) throws -> CommandResult {
        try workplace.run("scan", "--values", "values.json", path)
    }

    /// Writers of archives that are not ours.
    private static let library = """
        import bz2, gzip, io, lzma, random, struct, tarfile, zipfile
        S = b"hunter2-hunter2"
        def tar(members, form=tarfile.GNU_FORMAT):
            out = io.BytesIO()
            with tarfile.open(fileobj=out, mode="w", format=form) as file:
                for name, data in members:
                    info = tarfile.TarInfo(name)
                    info.size = len(data)
                    file.addfile(info, io.BytesIO(data))
            return out.getvalue()
        class Pipe(io.RawIOBase):
            def __init__(self): self.data = b""
            def writable(self): return True
            def write(self, data): self.data += bytes(data); return len(data)
        def zip(members, method=zipfile.ZIP_DEFLATED, streamed=False):
            out = Pipe() if streamed else io.BytesIO()
            with zipfile.ZipFile(out, "w", method) as file:
                for name, data in members: file.writestr(zipfile.ZipInfo(name), data, method)
            return out.data if streamed else out.getvalue()
        def put(name, data):
            with open(name, "wb") as file: file.write(data)

        """

    @Test(
        "finds members of archives that other programs wrote, and names them",
        arguments: [
            ("gzip.compress(b'x\\n' + S)", "a:2: PASSWORD once, first as literal\n"),
            ("gzip.compress(b'x\\nhunter2') + gzip.compress(b'-hunter2')", "a:2: PASSWORD once, first as literal\n"),
            ("gzip.compress(S) + bytes(512)", "a:1: PASSWORD once, first as literal\n"),
            ("tar([('b/c', b'\\n\\n' + S), ('empty', b'')])", "a!b/c:3: PASSWORD once, first as literal\n"),
            ("tar([('n' * 300, S)])", "a!\(String(repeating: "n", count: 300)):1: PASSWORD once, first as literal\n"),
            (
                "tar([('n' * 300, S)], tarfile.PAX_FORMAT)",
                "a!\(String(repeating: "n", count: 300)):1: PASSWORD once, first as literal\n"
            ),
            (
                "tar([('d' * 90 + '/' + 'f' * 90, S)], tarfile.USTAR_FORMAT)",
                "a!\(String(repeating: "d", count: 90))/\(String(repeating: "f", count: 90)):1: "
                    + "PASSWORD once, first as literal\n"
            ),
            (
                "gzip.compress(tar([('b', S), ('c', S * 2)]))",
                """
                a!b:1: PASSWORD once, first as literal
                a!c:1: PASSWORD once, first as literal

                """
            ),
            ("zip([('b/c', S), ('d', b'x')])", "a!b/c:1: PASSWORD once, first as literal\n"),
            (
                "zip([('b/c', S), ('d', S)], streamed=True)",
                """
                a!b/c:1: PASSWORD once, first as literal
                a!d:1: PASSWORD once, first as literal

                """
            ),
            ("zip([('b', S)], zipfile.ZIP_STORED)", "a!b:1: PASSWORD once, first as literal\n"),
            (
                "zip([('in.zip', zip([('b', S)])), ('c', S)])",
                """
                a!in.zip!b:1: PASSWORD once, first as literal
                a!c:1: PASSWORD once, first as literal

                """
            ),
            (
                "zip([('lib.jar', zip([('x.tgz', gzip.compress(tar([('b', S)])))]))], zipfile.ZIP_STORED)",
                "a!lib.jar!x.tgz!b:1: PASSWORD once, first as literal\n"
            ),
            // What stands in no member is still found.
            ("tar([('b', b'x')]) + S", "a:1: PASSWORD once, first as literal\n"),
            ("zip([(S.decode(), b'x')])", "a:1: PASSWORD 2 times, first as literal\n"),
            // And where a member has the same: the comment of an archive, a name, and what stands behind the end.
            (
                "zip([('b', S)])[:-2] + struct.pack('<H', 15) + S",
                """
                a!b:1: PASSWORD once, first as literal
                a:1: PASSWORD once, first as literal

                """
            ),
            (
                "tar([('b', S)]) + S",
                """
                a!b:1: PASSWORD once, first as literal
                a:1: PASSWORD 2 times, first as literal

                """
            ),
            (
                "gzip.compress(S, 9, mtime=0) + S",
                """
                a:1: PASSWORD once, first as literal
                a:1: PASSWORD once, first as literal

                """
            ),
            // A deflated block can hold its bytes as they are.
            ("gzip.compress(S, 0, mtime=0)", "a:1: PASSWORD once, first as literal\n"),
        ] as [(String, String)]
    )
    func members(archive: String, output: String) throws {
        let workplace = try Self.workplace("put('a', \(archive))")
        #expect(try Self.scan(workplace, "a") == CommandResult(status: 1, output: output))
    }

    @Test(
        "says what it does not look into, and why",
        arguments: [
            ("lzma.compress(S)", "a: its content is compressed with xz"),
            ("bz2.compress(S)", "a: its content is compressed with bzip2"),
            ("zip([('b', S)], zipfile.ZIP_BZIP2)", "a!b: it is compressed with method 12"),
            (
                "zip([('b', b'x')], zipfile.ZIP_STORED).replace(b'PK\\3\\4\\24\\0\\0', b'PK\\3\\4\\24\\0\\1')",
                "a!b: it is encrypted"
            ),
            ("gzip.compress(S)[:-1]", "a: it ends too early"),
            ("gzip.compress(random.Random(1).randbytes(99))[:30] + bytes(99)", "a: its gzip stream is damaged"),
            ("tar([('b', b'x' * 600)])[:1400]", "a: it ends too early"),
            ("tar([('b', b'x')])[:1024] + b'x' * 512", "a: its tar headers are damaged"),
            ("zip([('b', b'x' * 99)])[:40]", "a: it ends too early"),
            (
                "zip([('b', b'x'), ('c', S)], zipfile.ZIP_STORED, streamed=True)",
                "a: a member without a size hides those behind it"
            ),
            ("zip([('b', b'x')], zipfile.ZIP_STORED)[:32] + b'?' * 99", "a: what stands behind a member is damaged"),
        ] as [(String, String)]
    )
    func closed(archive: String, remark: String) throws {
        let workplace = try Self.workplace("put('a', \(archive))")
        let result = try Self.scan(workplace, "a")
        #expect(result.error == "inject: not looked into: \(remark)\n")
        #expect(result.status == (result.output.isEmpty ? 0 : 1))
    }

    @Test("containers nested too deep are not looked into any more")
    func deep() throws {
        let workplace = try Self.workplace("data = S\nfor _ in range(9): data = gzip.compress(data)\nput('a', data)")
        #expect(
            try Self.scan(workplace, "a")
                == CommandResult(
                    status: 0, output: "",
                    error: "inject: not looked into: a: containers are nested more than 8 deep\n")
        )
    }

    @Test("finds each secret of containers nested at random, where it is and nowhere else")
    func random() throws {
        let workplace = try Self.workplace(
            """
            os.mkdir("all")
            expected = []
            def content(seed, place, depth):
                kind = seed.choice(["text", "gzip", "tar", "zip", "streamed", "stored"]) if depth < 5 else "text"
                if kind == "text":
                    lines = [seed.choice([b"", b"x", b"hunter2-hunter3"]) for _ in range(seed.randrange(200))]
                    if seed.random() < 0.5:
                        line = seed.randrange(len(lines) + 1)
                        lines.insert(line, S)
                        expected.append(f"{place}:{line + 1}: PASSWORD once, first as literal\\n")
                    return b"\\n".join(lines)
                if kind == "gzip": return gzip.compress(content(seed, place, depth + 1), seed.randrange(10))
                names = [f"m{i}" for i in range(seed.randrange(4))]
                members = [(name, content(seed, place + "!" + name, depth + 1)) for name in names]
                if kind == "tar": return tar(members, seed.choice([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]))
                return zip(members, zipfile.ZIP_STORED if kind == "stored" else zipfile.ZIP_DEFLATED, kind == "streamed")
            for number in range(200):
                put(f"all/{number:03}", content(random.Random(number), f"all/{number:03}", 0))
            put("expected", "".join(sorted(expected)).encode())
            """)
        let result = try Self.scan(workplace, "all")
        let lines = result.output.split(separator: "\n").sorted().map { $0 + "\n" }.joined()
        #expect(try lines == String(contentsOfFile: workplace.folder.path("expected"), encoding: .utf8))
        #expect(result.error == "")
        #expect(lines.contains("!"))
    }
}
