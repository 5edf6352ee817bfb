/// A real HTTPS server of another maker: Python's, with a thread for each connection.
///
/// It answers `POST` with the body it got, and `GET` with the TLS version of the connection.
package struct TLSServer {
    private let server: PythonServer

    /// The port on 127.0.0.1.
    package var port: Int { server.port }

    /// Starts a server with a certificate and key in PEM; `version` is the only one it speaks.
    ///
    /// With `gate`, requests are answered once so many are there at the same time.
    package init(certificate: String, key: String, version: String = "TLSv1_3", gate: Int = 1) throws {
        server = try PythonServer(Self.program, [certificate, key, version, String(gate)])
    }

    private static let program = """
        import http.server, os, ssl, sys, threading
        certificate, key, version, gate = sys.argv[1:]
        barrier = threading.Barrier(int(gate))

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def answer(self, body):
                barrier.wait()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *arguments):
                pass
            def do_GET(self):
                self.answer(self.connection.version().encode())
            def do_POST(self):
                self.answer(self.rfile.read(int(self.headers["Content-Length"])))

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, request, address):
                pass
            def finish_request(self, request, address):
                # The handshake belongs to the connection's thread, not to the one that accepts.
                super().finish_request(context.wrap_socket(request, server_side=True), address)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
        context.load_cert_chain(certificate, key)
        server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)
        sys.stdin.read()
        os._exit(0)
        """
}
