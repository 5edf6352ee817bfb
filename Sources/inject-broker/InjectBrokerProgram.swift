import BrokerCommands

/// The program: everything it does is in `BrokerCommands`.
@main
struct InjectBrokerProgram {
    static func main() async {
        await BrokerProgram.start()
    }
}
