internal import Diagnostics
internal import YAMLSyntax

/// Hands what a script pastes to it in variables instead.
struct ExpressionVariables {
    private let step: YAMLNode
    private let job: WorkflowJob

    init(_ step: YAMLNode, of job: WorkflowJob) {
        self.step = step
        self.job = job
    }

    /// Puts variables in the place of the expressions that others choose; nil where that could change the script.
    var fix: LintFix? {
        guard let run = step.pair("run"), isPOSIX, !job.workflow.hasAnchors,
            let expressions = ScriptExpressions(run.value)?.all.filter({ TemplateInjection.isChosen($0.text) })
        else { return nil }
        var names: [(name: String, text: String)] = []
        var edits: [LintFix.Edit] = []
        for expression in expressions {
            guard let name = name(for: expression.text) else { return nil }
            let clash = names.first { $0.name == name }
            guard clash == nil || clash?.text == expression.text else { return nil }
            if clash == nil { names.append((name, expression.text)) }
            edits.append(LintFix.Edit(range: expression.range, text: "${\(name)}"))
        }
        guard let declaration = declaration(of: names, before: run) else { return nil }
        return LintFix(job.workflow.source, [declaration] + edits)
    }

    /// Whether the shell is one that knows `"${NAME}"`: GitHub's own machines have one, save for those with Windows.
    private var isPOSIX: Bool {
        let shells = [step, job.node["defaults"]?["run"], job.workflow.root["defaults"]?["run"]].compactMap(\.self)
        if let shell = shells.lazy.compactMap({ $0["shell"]?.text }).first { return ["bash", "sh"].contains(shell) }
        let machine = job.node["runs-on"]?.text ?? ""
        return machine.hasPrefix("ubuntu-") || machine.hasPrefix("macos-")
    }

    /// A name that nothing in the file has; nil for more than a path of names.
    private func name(for expression: String) -> String? {
        let isPath = expression.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "_.-".utf8.contains(byte)
        }
        guard isPath else { return nil }
        let path = expression.hasPrefix("inputs.") ? "input." + expression.dropFirst("inputs.".count) : expression
        let short = path.hasPrefix("github.") ? String(path.dropFirst("github.".count)) : path
        let name = String(short.map { $0 == "." || $0 == "-" ? "_" : $0 }).uppercased()
        let isTaken = String(decoding: job.workflow.source.bytes, as: UTF8.self).contains(name)
        return isTaken ? nil : name
    }

    private func declaration(of names: [(name: String, text: String)], before run: YAMLNode.Pair) -> LintFix.Edit? {
        let env = step["env"]
        guard !names.isEmpty, env == nil || env?.pairs.isEmpty == false else { return nil }
        let isFlow = (env ?? step).isFlow
        let quote = isFlow ? "\"" : ""
        let pairs = names.map { "\($0.name): \(quote)${{ \($0.text) }}\(quote)" }
        if let env, let first = env.pairs.first {
            let separator = isFlow ? ", " : "\n" + LintFix.indent(of: first)
            return LintFix.insertion(of: pairs.joined(separator: separator), into: env, before: first)
        }
        guard !isFlow else {
            return LintFix.insertion(of: "env: { \(pairs.joined(separator: ", ")) }", into: step, before: run)
        }
        let indent = "\n" + LintFix.indent(of: run) + "  "
        return LintFix.insertion(of: "env:" + pairs.map { indent + $0 }.joined(), into: step, before: run)
    }
}
