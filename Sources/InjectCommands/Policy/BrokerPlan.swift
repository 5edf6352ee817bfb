internal import Policy
internal import Secrets
internal import StrictJSON
internal import TokenExchange

/// What a run would inject where a broker decides.
struct BrokerPlan {
    /// A secret, as the broker and the policy file here see it.
    struct Line {
        let decision: BrokerDecision
        /// Whether the file here grants it, or without a file whether it was named; nil where the broker chooses.
        let isGrantedHere: Bool?
        let delivery: SecretDelivery?

        /// A run asks for what the file here grants, and gets what the broker grants.
        var isInjected: Bool { decision.isAllowed && isGrantedHere != false }
        /// A run asks for all at once, so the broker would refuse all of it.
        var isInTheWay: Bool { !decision.isAllowed && isGrantedHere == true }
    }

    private let broker: String
    let environment: String?
    private let lines: [Line]

    /// Asks the broker about every secret of the environment that a token of the job's may read here or there, or about
    /// those that are named.
    init(_ access: Access, _ broker: BrokerAccess, names: [String]?) throws {
        self.broker = broker.url
        environment = access.environment.name
        let secrets = access.environment.secrets.filter { names?.contains($0.name.text) ?? true }
        let paths = try access.environment.paths(of: secrets.map(\.name))
        let decisions = try broker.decisions(about: paths, for: access.identity.credential, until: access.deadline)
        let granted = Set(access.granted.map(\.secret.name))
        lines = secrets.compactMap { secret in
            decisions.first { $0.path.name == secret.name }.map {
                Line(decision: $0, isGrantedHere: granted.contains(secret.name), delivery: secret.delivery)
            }
        }
    }

    /// Asks the broker about all that the token may know of, or about those that are named.
    init(_ job: PolicylessJob, names: [String]?) throws {
        broker = job.broker.url
        environment = job.environment
        lines = try job.decisions(about: names ?? []).map {
            Line(decision: $0, isGrantedHere: names.map { _ in true }, delivery: nil)
        }
    }

    /// The secrets that a run would get.
    var secrets: [String] { lines.filter(\.isInjected).map(\.decision.path.name.text) }

    /// The grants that allow them, as far as the broker names them.
    var grants: [String] {
        lines.filter(\.isInjected).compactMap(\.decision.grant).reduce(into: []) { grants, grant in
            if !grants.contains(grant) { grants.append(grant) }
        }
    }

    var status: ExitStatus {
        lines.contains(where: \.isInjected) && !lines.contains(where: \.isInTheWay) ? .success : .findings
    }

    // MARK: - Text

    var text: String {
        var text = (environment.map { "environment \($0), " } ?? "") + "broker \(broker)\n"
        let injected = lines.filter(\.isInjected).map(row)
        if !injected.isEmpty { text += "\n" + Table.text([header] + injected) }
        text += list("not granted", lines.filter { !$0.decision.isAllowed && !$0.isInTheWay })
        let here = hasFile ? "granted here and not by the broker" : "not granted by the broker"
        text += list(here + ", which refuses a run that asks for it", lines.filter(\.isInTheWay))
        text += list(
            "granted by the broker and not here, so that no run asks for it",
            lines.filter { $0.decision.isAllowed && !$0.isInjected }
        )
        return text
    }

    private var hasFile: Bool { lines.contains { $0.delivery != nil } }

    private var header: [String] { ["NAME"] + (hasFile ? ["DELIVERED AS"] : []) + ["GRANT"] }

    private func row(_ line: Line) -> [String] {
        [name(line)] + (line.delivery.map { [PlanPrinter.delivery($0).joined(separator: ", ")] } ?? [])
            + [line.decision.grant ?? "?"]
    }

    private func list(_ title: String, _ lines: [Line]) -> String {
        guard !lines.isEmpty else { return "" }
        return "\n\(title):\n" + lines.map { "  \(name($0))  (\($0.decision.reason))\n" }.joined()
    }

    private func name(_ line: Line) -> String {
        environment == nil ? line.decision.path.description : line.decision.path.name.text
    }

    // MARK: - JSON

    var json: [String] {
        lines.filter(\.isInjected).map { line in
            let file = line.delivery?.file
            return JSONWriter.object([
                ("name", .string(line.decision.path.name.text)),
                ("environment", .string(line.decision.path.environment)),
                ("variable", .optional(line.delivery?.variable?.text)),
                ("file", .optional(file?.path)),
                ("file_variable", .optional(file?.pathVariable.text)),
                ("grant", .optional(line.decision.grant)),
                ("broker", .string(broker)),
            ]).line + "\n"
        }
    }
}
