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

    /// Runs statements in a database, and returns what the last one gave as plain text.
    @discardableResult
    package func run(_ statements: String, at address: String) throws -> String {
        let runner = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/psql"), in: folder.url)
        let result = try runner.run(["-qAt", "-v", "ON_ERROR_STOP=1", "-c", statements, address])
        guard result.status == 0 else { throw Python.Failure(description: result.error) }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What a database has logged; a deadlock is an error in it.
    package func logged(by address: String) throws -> [Substring] {
        let name = address.split(separator: "=").last ?? ""
        return try String(contentsOfFile: folder.path("data/log"), encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix(name + ":") }
    }

    /// Ends it as a failure of the machine would, and returns once nothing of it is left.
    package func crash() throws { _ = try server.ask("crash") }

    /// Starts it again after a crash.
    package func start() throws {
        let answer = try server.ask("start")
        guard answer == "up" else { throw Python.Failure(description: answer) }
    }

    /// Ends it with its standard input, and so with the tests, and removes its folder: a shared one has no other end.
    private static let program = """
        import glob, os, pwd, shutil, signal, subprocess, sys, time
        folder = sys.argv[1]
        # From the terminal to all of the tests: they end, and with them the standard input.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
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
        options = "-k %s/socket -c listen_addresses='' -c deadlock_timeout=50ms -c log_line_prefix=%%d:" % folder
        def start():
            return run("pg_ctl", "-D", folder + "/data", "-o", options, "-l", folder + "/data/log", "-w", "start")
        def stat(pid):
            try:
                state, parent = open("/proc/%s/stat" % pid).read().rsplit(")", 1)[1].split()[:2]
                return None if state == "Z" else int(parent)
            except OSError:
                return None
        def end(number):
            root = int(open(folder + "/data/postmaster.pid").readline())
            pids = [root] + [int(pid) for pid in filter(str.isdigit, os.listdir("/proc")) if stat(pid) == root]
            os.kill(root, number)
            while any(stat(pid) is not None for pid in pids):
                time.sleep(0.01)
        begun = start()
        if begun.returncode != 0:
            print(made.stderr + begun.stderr + begun.stdout, flush=True)
            sys.exit(1)
        print(5432, flush=True)
        is_up = True
        for line in sys.stdin:
            if line == "crash\\n":
                end(signal.SIGKILL)
                is_up = False
                print("down", flush=True)
            else:
                # What is left of the one that crashed may keep the memory for a moment.
                for _ in range(100):
                    begun = start()
                    is_up = begun.returncode == 0
                    if is_up:
                        break
                    time.sleep(0.1)
                print("up" if is_up else begun.stderr + begun.stdout, flush=True)
        if is_up:
            end(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
        """
}
