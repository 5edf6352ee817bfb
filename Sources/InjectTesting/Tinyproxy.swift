import Foundation

/// tinyproxy: an HTTP proxy of another maker that opens tunnels, and resolves names by a table of its own.
package struct Tinyproxy {
    private let folder: TemporaryFolder
    private let server: PythonServer

    /// The port on 127.0.0.1.
    package var port: Int { server.port }

    /// Starts it; the names lead to this machine, and tunnels to one of its ports only.
    ///
    /// The table of names is bound over the system's in a mount namespace, which needs root.
    package init(names: [String], tunnelsTo upstream: Int) throws {
        folder = try TemporaryFolder()
        try folder.write("hosts", names.map { "127.0.0.1 \($0)\n" }.joined())
        let configuration = """
            Port PORT
            Listen 127.0.0.1
            Timeout 60
            MaxClients 50
            LogLevel Info
            ConnectPort \(upstream)

            """
        let path = try folder.write("tinyproxy.conf", configuration)
        server = try PythonServer(
            Self.program, [path, folder.path("hosts")],
            launcher: ["/usr/bin/unshare", "--mount"]
        )
    }

    /// Every tunnel that was asked for.
    package var log: String { (try? String(contentsOfFile: folder.path("tinyproxy.log"), encoding: .utf8)) ?? "" }

    private static let program = """
        import os, socket, subprocess, sys, threading
        path, hosts = sys.argv[1:]
        subprocess.run(["mount", "--bind", hosts, "/etc/hosts"], check=True)
        template = open(path).read()
        log = open(os.path.join(os.path.dirname(path), "tinyproxy.log"), "w")
        for _ in range(5):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            open(path, "w").write(template.replace("PORT", str(port)))
            process = subprocess.Popen(["tinyproxy", "-d", "-c", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True)
            text = ""
            for line in process.stdout:
                text += line
                if "Accepting connections" in line:
                    break
            else:
                continue
            break
        else:
            print(text or "tinyproxy does not start", flush=True)
            sys.exit(1)
        def copy():
            for line in process.stdout:
                log.write(line)
                log.flush()
        threading.Thread(target=copy, daemon=True).start()
        print(port, flush=True)
        sys.stdin.read()
        process.kill()
        """
}
