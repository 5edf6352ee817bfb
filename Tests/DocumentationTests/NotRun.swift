/// The blocks that no test runs, each with the reason that stands above it.
enum NotRun {
    static let blocks = [
        "GettingStartedBroker: builds the broker in release mode; `make run-broker` is run by `.ci/run-broker`",
        "GettingStartedLaptop: builds the program in release mode, as `make build` in the README does",
        "LocalDevelopment: npm and a project of its are not here",
        "LocalDevelopment: there is no Docker engine",
        "Migration: chamber is not here",
        "Migration: needs an account of AWS",
        "Migration: doppler is not here",
        "Migration: op is not here",
        "Migration: sops' key is not here",
        "RunningBroker: builds the broker in release mode; `make run-broker` is run by `.ci/run-broker`",
        "RunningBroker: needs a key of KMS; KMSFileTests runs it against another maker's server",
        "SeveralNodes: there is no Docker engine",
    ]
}
