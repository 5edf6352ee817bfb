internal import Diagnostics
internal import StrictJSON

/// Reads one statement; what has another form than IAM's is taken for something that only the deployment knows.
struct IAMStatementParser {
    let excerpt: JSONExcerpt
    let words: IAMWords

    /// A statement; nil for what is no map or has neither an action nor a principal.
    func statement(_ node: JSONNode, number: Int) -> IAMStatement? {
        guard let object = node.object else { return nil }
        let names = [words.action, words.exception, words.principal]
        guard names.contains(where: { object[$0] != nil }) else { return nil }
        let sid = object[words.sid]?.string.map(excerpt.text).flatMap { $0.isEmpty ? nil : $0 }
        let effect = object[words.effect]?.string.map(excerpt.text)
        return IAMStatement(
            name: sid.map { "statement `\($0)`" } ?? "statement \(number)",
            span: object[words.sid].map(excerpt.start) ?? excerpt.start(of: node),
            isDeny: effect == "Deny",
            principals: principals(object[words.principal]),
            actions: texts(object[words.action]),
            exceptions: texts(object[words.exception]),
            resources: texts(object[words.resource]),
            conditions: conditions(object[words.condition])
        )
    }

    /// One text, or a list of them.
    private func texts(_ node: JSONNode?) -> [IAMText] {
        guard let node else { return [] }
        return (node.array ?? [node]).map(text)
    }

    /// A text; `Fn::Sub` of CloudFormation is one too, and its other functions are not known.
    private func text(_ node: JSONNode) -> IAMText {
        switch node {
        case .string(let string): return IAMText(excerpt.text(string), excerpt.span(string.range))
        case .bool(let value): return IAMText(value ? "true" : "false", excerpt.start(of: node))
        case .number(let number):
            return IAMText(String(decoding: excerpt.bytes[number.range], as: UTF8.self), excerpt.span(number.range))
        case .object(let object):
            let template = object["Fn::Sub"].flatMap { $0.string ?? $0.array?.first?.string }
            return template.map { IAMText(excerpt.text($0), excerpt.span($0.range)) }
                ?? IAMText(unknown: excerpt.start(of: node))
        case .null, .array: return IAMText(unknown: excerpt.start(of: node))
        }
    }

    private func principals(_ node: JSONNode?) -> [IAMText] {
        switch node {
        case nil: return []
        case .string, .number, .bool, .null: return texts(node)
        case .array(let blocks):
            return blocks.flatMap { block -> [IAMText] in
                let type = block.object?["type"]?.string.map(excerpt.text)
                return type == "Federated" || type == "*" ? texts(block.object?["identifiers"]) : []
            }
        case .object(let object):
            let federated = object["Federated"]
            if federated == nil, let identifiers = object["identifiers"] {
                return object["type"]?.string.map(excerpt.text) == "Federated" ? texts(identifiers) : []
            }
            let isOther = federated == nil && !object.members.contains { $0.name.starts(with: "Fn::".utf8) }
            return isOther ? [] : texts(federated ?? node)
        }
    }

    /// IAM's map of maps, or Terraform's list of blocks.
    private func conditions(_ node: JSONNode?) -> [IAMCondition] {
        let blocks = node?.array ?? [node].compactMap(\.self)
        return blocks.flatMap { block -> [IAMCondition] in
            guard let object = block.object else { return [] }
            if let test = object["test"], let variable = object["variable"] {
                return [IAMCondition(test: text(test), key: text(variable), values: texts(object["values"]))]
            }
            return object.members.flatMap { test in
                (test.value.object?.members ?? []).map { key in
                    IAMCondition(test: name(test), key: name(key), values: texts(key.value))
                }
            }
        }
    }

    private func name(_ member: JSONObject.Member) -> IAMText {
        IAMText(String(decoding: member.name, as: UTF8.self), excerpt.span(member.range))
    }
}
