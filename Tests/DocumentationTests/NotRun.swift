/// The blocks that no test runs, each with the reason that stands above it.
enum NotRun {
    static let blocks = [
        "GettingStartedLaptop: another build would wait for the tests' end; `.ci/run` runs `make run`, which begins with it",
        "LocalDevelopment: there is no Docker engine",
        "RunningBroker: another build would wait for the tests' end; `make image-check` builds the program in this way",
        "SeveralNodes: there is no Docker engine",
    ]
}
