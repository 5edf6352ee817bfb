/// HAProxy before a server, or several that take turns: a front with TLS, HTTP/2, throttling, refusals and resets, by another maker.
package struct HAProxy {
    private let folder: TemporaryFolder
    private let server: PythonServer

    /// The port on 127.0.0.1.
    package var port: Int { server.port }

    /// Starts it before a port of this machine.
    ///
    /// - Parameters:
    ///   - upstream: the port that requests go on to.
    ///   - rules: lines of the frontend, such as `http-request deny`.
    ///   - bind: options of the listener, such as `ssl crt PATH alpn h2`.
    package init(before upstream: Int, rules: String = "", bind: String = "") throws {
        try self.init(before: [upstream], rules: rules, bind: bind)
    }

    /// Starts it before several ports, which get requests in turn; what cannot be reached is left out.
    package init(before upstreams: [Int], rules: String = "", bind: String = "") throws {
        folder = try TemporaryFolder()
        let servers = upstreams.map { "    server upstream-\($0) 127.0.0.1:\($0)" }
        let configuration = """
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            frontend front
                bind 127.0.0.1:PORT \(bind)
            \(rules.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
                default_backend back
            backend back
                option redispatch 1
            \(servers.joined(separator: "\n"))
            backend table
                stick-table type integer size 10 store gpc0

            """
        let path = try folder.write("haproxy.cfg", configuration)
        server = try PythonServer(Self.program, [path])
    }

    /// A rule that does something with the first requests whose target ends in a name, and lets later ones pass.
    package static func first(_ count: Int, of target: String, _ action: String) -> String {
        """
        acl is_target req.hdr(x-amz-target) -m end \(target)
        http-request track-sc0 int(1) table table if is_target
        http-request sc-inc-gpc0(0) if is_target
        http-request \(action) if is_target { sc0_get_gpc0(table) le \(count) }
        """
    }

    /// As a daemon HAProxy returns once it listens; another process may take a free port first, so it is tried again.
    private static let program = """
        import os, signal, socket, subprocess, sys
        path = sys.argv[1]
        template = open(path).read()
        for _ in range(5):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            open(path, "w").write(template.replace("PORT", str(port)))
            run = subprocess.run(["haproxy", "-D", "-q", "-p", path + ".pid", "-f", path], capture_output=True, text=True)
            if run.returncode == 0:
                break
        else:
            print(run.stderr or "haproxy does not start", flush=True)
            sys.exit(1)
        # Now: the folder may be gone by the time the server is to end.
        pids = open(path + ".pid").read().split()
        print(port, flush=True)
        sys.stdin.read()
        for pid in pids:
            os.kill(int(pid), signal.SIGKILL)
        """
}
