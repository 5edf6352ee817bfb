import Glibc
import InjectCommands

/// The program: everything it does is in `InjectCommands`.
@main
struct InjectProgram {
    static func main() {
        // Not `exit`: a connection may still be on its way up, and OpenSSL would be taken down under its thread.
        _exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())))
    }
}
