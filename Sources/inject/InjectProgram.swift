import Glibc
import InjectCommands

/// The program: everything it does is in `InjectCommands`.
@main
struct InjectProgram {
    static func main() {
        exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())))
    }
}
