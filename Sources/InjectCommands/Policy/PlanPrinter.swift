internal import Diagnostics
internal import Policy
internal import Secrets
internal import StrictJSON

/// Prints what would be injected.
struct PlanPrinter {
    private let surroundings: Surroundings
    private let format: OutputFormat

    init(_ surroundings: Surroundings, _ format: OutputFormat) {
        self.surroundings = surroundings
        self.format = format
    }

    /// Prints what the policy, or the broker, grants, or those of it that are named, and notes in the report what was
    /// decided.
    func print(
        _ policyOptions: PolicyOptions,
        _ tokenOptions: TokenOptions,
        names: [String]?,
        _ report: inout RunReport
    ) throws -> ExitStatus {
        if let job = try PolicylessJob(policyOptions, tokenOptions, in: surroundings) {
            return print(try BrokerPlan(job, names: names), &report)
        }
        var access = try Access.decide(policyOptions, tokenOptions, in: surroundings)
        report.record(access)
        if let names { access.narrow(to: try SecretSelection(access: access).granted(named: names)) }
        report.record(access, access.granted, at: surroundings.now)
        if let broker = try access.askedBroker(in: surroundings) {
            return print(try BrokerPlan(access, broker, names: names), &report)
        }
        switch format {
        case .text: surroundings.console.output(Self.text(access))
        case .json: for line in Self.json(access) { surroundings.console.output(line) }
        }
        return access.granted.isEmpty ? .findings : .success
    }

    private func print(_ plan: BrokerPlan, _ report: inout RunReport) -> ExitStatus {
        report.record(plan)
        switch format {
        case .text: surroundings.console.output(plan.text)
        case .json: for line in plan.json { surroundings.console.output(line) }
        }
        return plan.status
    }

    // MARK: - Text

    private static func text(_ access: Access) -> String {
        var text = "environment \(access.environment.name), policy \(access.source.text.name)\n"
        let rows = access.granted.map(row)
        if !rows.isEmpty { text += "\n" + Table.text([["NAME", "SOURCE", "DELIVERED AS", "GRANT", "TTL"]] + rows) }
        if !access.denied.isEmpty { text += "\nnot granted:\n" }
        for decision in access.denied {
            text += "  \(decision.secret)  (inject explain \(decision.environment)/\(decision.secret))\n"
        }
        guard case .broker(let url) = access.environment.exchange else { return text }
        return text + "\nthe broker \(url) was not asked: it takes no token of this machine\n"
    }

    private static func row(_ granted: GrantedSecret) -> [String] {
        [
            granted.secret.name.text, granted.secret.from, delivery(granted.secret.delivery).joined(separator: ", "),
            "\(granted.grant.id) (line \(granted.grant.span.line))", duration(granted.grant.ttl),
        ]
    }

    /// How a secret reaches the command, in the words of a shell.
    static func delivery(_ delivery: SecretDelivery) -> [String] {
        let file = delivery.file.map { file in
            "$\(file.pathVariable.text) = $INJECT_DIR/\(file.path) (0\(String(file.mode, radix: 8)))"
        }
        return [delivery.variable.map { "$\($0.text)" }, file].compactMap(\.self)
    }

    private static func duration(_ seconds: Int) -> String {
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }

    // MARK: - JSON

    private static func json(_ access: Access) -> [String] {
        access.granted.map { granted in
            let file = granted.secret.delivery.file
            return JSONWriter.object([
                ("name", .string(granted.secret.name.text)),
                ("environment", .string(access.environment.name)),
                ("source", .string(granted.secret.from)),
                ("variable", .optional(granted.secret.delivery.variable?.text)),
                ("file", .optional(file?.path)),
                ("file_variable", .optional(file?.pathVariable.text)),
                ("mode", .optional(file.map { "0" + String($0.mode, radix: 8) })),
                ("masked", .bool(granted.secret.isMasked)),
                ("grant", .string(granted.grant.id)),
                ("policy", .string(access.source.text.name)),
                ("line", .integer(Int64(granted.grant.span.line))),
                ("ttl", .integer(Int64(granted.grant.ttl))),
            ]).line + "\n"
        }
    }
}
