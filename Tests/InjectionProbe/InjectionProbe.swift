import Diagnostics
import Foundation
import InjectTesting
import Injection
import LogMasking
import Secrets

/// Runs one command as the file in its first argument describes, from the main thread, and writes a report.
@main
struct InjectionProbe {
    static func main() throws {
        // No test waits longer for a defect than this; the command goes with its parent.
        alarm(120)
        let path = CommandLine.arguments.dropFirst().first ?? ""
        let request = try JSONDecoder().decode(ProbeRequest.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        if request.isHardened { ProcessHardening.apply() }
        let (report, interruption) = try run(request)
        try JSONEncoder().encode(report).write(to: URL(fileURLWithPath: request.report))
        interruption?.raise()
        exit(report.exitCode)
    }

    private static func run(_ request: ProbeRequest) throws -> (ProbeReport, KeyboardInterruption?) {
        let run = try prepared(request)
        do throws(RunFailure) {
            if request.replaces { try run.replace() }
            let outcome = try run.run()
            return (report(outcome), outcome.interruption)
        } catch {
            var report = ProbeReport(exitCode: error.exitCode)
            report.failure = error.diagnostic.id.description
            report.message = error.diagnostic.message
            return (report, nil)
        }
    }

    private static func prepared(_ request: ProbeRequest) throws -> Run {
        let secrets = try request.secrets.map(secret)
        var options = RunOptions(
            places: SecretFolderPlaces(runtime: request.runtime, shared: request.shared, disk: request.disk)
        )
        options.environment.collision = .init(rawValue: request.collision) ?? .error
        options.environment.isPristine = request.isPristine
        options.environment.passed = request.passed
        options.environment.keepsActionsCredentials = request.keepsActionsCredentials
        options.environment.used = request.used
        options.usesMemoryFiles = request.usesMemoryFiles
        options.timing.terminate = request.terminate
        options.timing.kill = request.kill
        options.timing.linger = request.linger
        if request.isMasked {
            options.masking = try MaskPatterns(secrets.map { MaskedValue(name: $0.name.text, value: $0.value) })
        }
        let program = request.arguments.map(ChildProgram.arguments) ?? .shell(Array(request.shell.utf8))
        return Run(program, secrets: secrets, options: options)
    }

    private static func report(_ outcome: RunOutcome) -> ProbeReport {
        var report = ProbeReport(exitCode: outcome.exitCode)
        report.output = outcome.output.entries.map { "\($0.name) \($0.count)" }
        report.error = outcome.error.entries.map { "\($0.name) \($0.count)" }
        report.remarks = outcome.remarks.map(\.id.description)
        return report
    }

    private static func secret(_ secret: ProbeRequest.Secret) throws -> InjectedSecret {
        var value = try SecretBuffer()
        for byte in secret.shifted { try value.append(byte &- 1) }
        let file = try secret.file.map {
            SecretFile(path: $0.path, mode: $0.mode, pathVariable: try name($0.variable))
        }
        let delivery = SecretDelivery(variable: try secret.variable.map(name), file: file)
        return InjectedSecret(name: try name(secret.name), value: value.finish(), delivery: delivery)
    }

    private static func name(_ text: String) throws -> SecretName {
        guard let name = SecretName(text) else { throw CocoaError(.formatting) }
        return name
    }
}
