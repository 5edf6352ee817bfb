internal import AWSClient
internal import Policy
internal import StrictJSON

/// Roles as the tools take them that make roles.
enum CompiledRoles {
    /// IAM's own documents.
    static func plain(_ roles: [CompiledRole]) -> JSONWriter {
        .array(
            roles.map { role in
                .object([
                    ("environment", .string(role.environment.name)), ("role", .string(role.role.text)),
                    ("trust", role.trust), ("permissions", role.permissions ?? .null),
                ])
            })
    }

    /// A template of CloudFormation.
    static func cloudFormation(_ roles: [CompiledRole]) -> JSONWriter {
        let resources = roles.map { role -> (String, JSONWriter) in
            var properties: [(String, JSONWriter)] = [("RoleName", .string(role.role.name))]
            if let path = role.path { properties.append(("Path", .string(path))) }
            properties.append(("AssumeRolePolicyDocument", role.trust))
            if let permissions = role.permissions {
                let policy = JSONWriter.object([
                    ("PolicyName", .string("inject-\(role.environment.name)")), ("PolicyDocument", permissions),
                ])
                properties.append(("Policies", .array([policy])))
            }
            let type = JSONWriter.string("AWS::IAM::Role")
            return ("Inject" + role.word(""), .object([("Type", type), ("Properties", .object(properties))]))
        }
        return .object([
            ("AWSTemplateFormatVersion", .string("2010-09-09")),
            ("Description", .string("Written by inject compile aws-iam from inject.yaml")),
            ("Resources", .object(resources)),
        ])
    }

    /// A `.tf.json` of Terraform.
    static func terraform(_ roles: [CompiledRole]) -> JSONWriter {
        let trusts = roles.map { role -> (String, JSONWriter) in
            var members: [(String, JSONWriter)] = [("name", .string(role.role.name))]
            if let path = role.path { members.append(("path", .string(path))) }
            members.append(("assume_role_policy", text(role.trust)))
            return ("inject_" + role.word("_"), .object(members))
        }
        let policies = roles.compactMap { role -> (String, JSONWriter)? in
            guard let permissions = role.permissions else { return nil }
            let name = "inject_" + role.word("_")
            let members: [(String, JSONWriter)] = [
                ("name", .string("inject-\(role.environment.name)")),
                ("role", .string("${aws_iam_role.\(name).id}")), ("policy", text(permissions)),
            ]
            return (name, .object(members))
        }
        var resources: [(String, JSONWriter)] = [("aws_iam_role", .object(trusts))]
        if !policies.isEmpty { resources.append(("aws_iam_role_policy", .object(policies))) }
        return .object([("resource", .object(resources))])
    }

    /// A document as Terraform's text, in which `${` and `%{` would begin a template.
    private static func text(_ document: JSONWriter) -> JSONWriter {
        .string(document.line.replacing("${", with: "$${").replacing("%{", with: "%%{"))
    }
}

extension CompiledRole {
    /// The role's path where it has one.
    fileprivate var path: String? {
        guard let slash = role.text.firstIndex(of: "/") else { return nil }
        let rest = role.text[slash...].dropLast(role.name.count)
        return rest == "/" ? nil : String(rest)
    }

    /// The environment's name in letters and digits.
    func word(_ separator: String) -> String {
        let words = environment.name.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }.map(String.init)
        let shown = separator.isEmpty ? words.map { $0.prefix(1).uppercased() + $0.dropFirst() } : words
        return shown.joined(separator: separator)
    }
}
