import Foundation
import InjectTesting

/// Releases over https on this machine, one mistake for each first part of a path.
struct ReleaseServer {
    /// What is served as the program: it says its version, and that is all.
    static let program = "#!/bin/sh\necho 'inject 0.1.0'\n"

    private let server: PythonServer
    /// The certificates that clients have to trust.
    let certificate: String

    init(in folder: TemporaryFolder) throws {
        let own = try TestCertificate(in: folder, name: "releases", for: "IP:127.0.0.1")
        certificate = own.certificate
        server = try PythonServer(Self.script, [own.certificate, own.key, Self.program])
    }

    func url(_ kind: String) -> String { "https://127.0.0.1:\(server.port)/\(kind)" }

    private static let script = """
        import http.server, os, socket, ssl, struct, sys, threading
        certificate, key, program = sys.argv[1:]
        stalled = threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                kind, _, path = self.path[1:].partition("/")
                body = program.encode()
                if path.rpartition("-")[0] != "v0.1.0/inject-0.1.0-linux" or kind == "missing":
                    return self.send_error(404)
                if kind == "plain":
                    self.send_response(302)
                    self.send_header("Location", "http://127.0.0.1:%d/good/%s" % (server.server_address[1], path))
                    return self.end_headers()
                if kind == "moved":
                    self.send_response(302)
                    self.send_header("Location", "/good/" + path)
                    return self.end_headers()
                if kind == "wrong":
                    body += b"# something else"
                self.send_response(200)
                self.send_header("Content-Length", str(len(body) + (100 if kind == "truncated" else 0)))
                self.end_headers()
                if kind == "reset":
                    self.wfile.write(body[:3])
                    self.wfile.flush()
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return self.connection.close()
                if kind == "stalled" and stalled.acquire(blocking=False):
                    self.wfile.write(body[:3])
                    self.wfile.flush()
                    # Until the client has had enough.
                    return self.connection.recv(1)
                self.wfile.write(body)
            def log_message(self, *arguments):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)
        sys.stdin.read()
        os._exit(0)
        """
}
