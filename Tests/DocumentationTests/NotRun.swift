/// The blocks that no test runs, each with the reason that stands above it.
enum NotRun {
    static let blocks = [
        "GettingStartedLaptop: another build would wait for the tests' end; `.ci/run` runs `make run`, which begins with it",
        "LocalDevelopment: needs a Docker engine; `make image-check` runs it",
        "RunningBroker: another build would wait for the tests' end; `make image-check` builds the program in this way",
        "SeveralNodes: needs a Docker engine; `make image-check` runs it",
    ]
}
