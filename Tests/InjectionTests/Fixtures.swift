import Diagnostics
import Foundation
import InjectTesting
import Secrets
import Testing

@testable import Injection

/// A secret with a value that stands nowhere else.
func secret(_ name: String, _ value: some Sequence<UInt8>, variable: String?, file: SecretFile? = nil) throws
    -> InjectedSecret
{
    let name = try #require(SecretName(name))
    let variable = try variable.map { try #require(SecretName($0)) }
    let bytes = try Array(value).withUnsafeBytes { try SecretBytes(copying: $0) }
    return InjectedSecret(name: name, value: bytes, delivery: SecretDelivery(variable: variable, file: file))
}

/// A secret that is delivered as the variable of its own name.
func secret(_ name: String, _ value: String = "value") throws -> InjectedSecret {
    try secret(name, value.utf8, variable: name)
}

/// An environment of raw entries.
func inherited(_ entries: [String]) -> InheritedEnvironment {
    InheritedEnvironment(
        variables: entries.map { entry in
            let name = entry.utf8.prefix { $0 != UInt8(ascii: "=") }
            return .init(name: Array(name), pair: Array(entry.utf8))
        }
    )
}

/// The environment that a command would get, entry by entry.
func environment(
    _ entries: [String],
    _ secrets: [InjectedSecret] = [],
    folder: String? = nil,
    _ change: (inout EnvironmentOptions) -> Void = { _ in }
) throws -> [String] {
    var options = EnvironmentOptions()
    change(&options)
    let plan = try EnvironmentPlan(inherited(entries), secrets, options)
    return try plan.block(folder.map { DeliveredFiles(secrets, in: $0) } ?? DeliveredFiles()).withPointers { pointers in
        var (strings, next): ([String], Int) = ([], 0)
        while let string = pointers[next] {
            strings.append(String(cString: string))
            next += 1
        }
        return strings
    }
}

/// The id of the failure that `body` throws, or nil.
func failure<Result: ~Copyable>(_ body: () throws -> Result) throws -> (id: String, exitCode: Int32, message: String)? {
    do {
        _ = try body()
        return nil
    } catch let failure as RunFailure {
        return (failure.diagnostic.id.description, failure.exitCode, failure.diagnostic.message)
    }
}
