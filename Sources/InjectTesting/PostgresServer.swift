import Foundation
import Synchronization

/// PostgreSQL on a socket of its own, started for the tests and stopped after them.
package final class PostgresServer: Sendable {
    /// The one that tests share, each with a database of its own.
    package static let shared = Result { try PostgresServer() }

    private let folder: TemporaryFolder
    private let server: PythonServer
    private let count = Mutex(0)

    /// Starts one; as root it runs as `nobody`, because PostgreSQL refuses root.
    package init() throws {
        folder = try TemporaryFolder(in: "/tmp")
        server = try PythonServer(Self.program, [folder.url.path])
    }

    /// Makes an empty database, and returns how libpq reaches it.
    package func database() throws -> String {
        let name = count.withLock { count in
            count += 1
            return "test\(count)"
        }
        let runner = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/psql"), in: folder.url)
        let place = ["-h", folder.path("socket"), "-U", "inject", "-d", "postgres"]
        let result = try runner.run(place + ["-c", "CREATE DATABASE \(name)"])
        guard result.status == 0 else { throw Python.Failure(description: "no database: \(result.error)") }
        return "host=\(folder.path("socket")) user=inject dbname=\(name)"
    }

    /// Ends it with its standard input, and so with the tests.
    private static let program = """
        import glob, os, pwd, signal, subprocess, sys
        folder = sys.argv[1]
        bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        for name in ("data", "socket"):
            os.mkdir(folder + "/" + name, 0o700)
        def demote():
            pass
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chmod(folder, 0o711)
            for name in ("data", "socket"):
                os.chown(folder + "/" + name, user.pw_uid, user.pw_gid)
            os.chmod(folder + "/socket", 0o755)
            def demote():
                os.setgroups([])
                os.setgid(user.pw_gid)
                os.setuid(user.pw_uid)
        def run(*words):
            return subprocess.run([bin + "/" + words[0], *words[1:]], preexec_fn=demote, cwd="/", capture_output=True, text=True)
        made = run("initdb", "-D", folder + "/data", "-U", "inject", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        options = "-k %s/socket -c listen_addresses='' -c deadlock_timeout=50ms" % folder
        begun = run("pg_ctl", "-D", folder + "/data", "-o", options, "-l", folder + "/data/log", "-w", "start")
        if begun.returncode != 0:
            print(made.stderr + begun.stderr + begun.stdout, flush=True)
            sys.exit(1)
        pid = int(open(folder + "/data/postmaster.pid").readline())
        print(5432, flush=True)
        sys.stdin.read()
        os.kill(pid, signal.SIGQUIT)
        """
}
