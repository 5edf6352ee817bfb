import Foundation

/// The seed of random tests: another one in each run, or what `INJECT_SEED` says.
enum Seed {
    static let current =
        ProcessInfo.processInfo.environment["INJECT_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)
}
