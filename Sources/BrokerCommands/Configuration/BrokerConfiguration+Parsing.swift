internal import Broker
internal import BrokerServer
internal import Diagnostics
internal import JOSE
internal import SecretStores
internal import YAMLSyntax

extension BrokerConfiguration {
    /// Reads and checks `broker.yaml`; nothing it names is opened.
    static func parse(_ source: SourceText, behindProxy: Bool) throws(DiagnosticList) -> BrokerConfiguration {
        let root: YAMLNode
        do throws(Diagnostic) { root = try YAMLReader.read(source) } catch { throw DiagnosticList([error]) }
        let findings = ConfigurationFindings()
        var configuration = BrokerConfiguration()
        let map = findings.map(root, "the configuration", ConfigurationKeys.file, required: ConfigurationKeys.required)
        if let map {
            configuration.readIdentity(map, findings)
            configuration.readServer(map, behindProxy, findings)
            configuration.readState(map, findings)
            configuration.readLimits(map, findings)
            configuration.readAdministrators(map["administrators"], findings)
        }
        guard findings.diagnostics.isEmpty else { throw DiagnosticList(findings.diagnostics) }
        return configuration
    }

    private mutating func readIdentity(_ map: YAMLNode, _ findings: ConfigurationFindings) {
        if let version = map["version"], version.text != "1" {
            findings.report("this program reads version 1", version.span, help: "write `version: \"1\"`")
        }
        node = findings.text(map["node"], "node") ?? node
        url = findings.ownURL(map["url"], "url") ?? ""
        audience = findings.text(map["audience"], "audience") ?? url
        trustsLocalIssuer = findings.flag(map["trust_local_issuer"], "trust_local_issuer")
        readIssuers(map["issuers"], findings)
        readAlgorithms(map["algorithms"], findings)
        if let place = map["log_level"], let level = findings.text(place, "log_level") {
            logLevel = level
            if !BrokerLog.levels.contains(level) {
                let levels = BrokerLog.levels.map { "`\($0)`" }.joined(separator: ", ")
                findings.report("`log_level` is `\(level)`", place.span, help: "write one of \(levels)")
            }
        }
    }

    private mutating func readIssuers(_ node: YAMLNode?, _ findings: ConfigurationFindings) {
        guard let node else { return }
        for (text, span) in findings.texts(node, "issuers") {
            issuers.append(text == "github" ? .github : text == "gitlab" ? .gitlab : .url(text))
            guard case .url = issuers.last,
                !ConfigurationFindings.isSafe(text, plainOnLoopback: trustsLocalIssuer)
            else { continue }
            let isLocal = ConfigurationFindings.isSafe(text, plainOnLoopback: true)
            let nearest = Suggestion.nearest(to: text, among: ["github", "gitlab"])
            let meant = nearest.map { "did you mean `\($0)`? " } ?? ""
            findings.report(
                "`issuers` has `\(text)`", span,
                help: isLocal
                    ? "one of this machine needs `trust_local_issuer: \"true\"`"
                    : meant + "write `github`, `gitlab`, or the https:// URL that stands in the tokens' `iss`")
        }
        guard issuers.isEmpty else { return }
        findings.report("`issuers` names nobody", node.span, help: "write `issuers: github`")
    }

    private mutating func readAlgorithms(_ node: YAMLNode?, _ findings: ConfigurationFindings) {
        guard let node else { return }
        let names = findings.texts(node, "algorithms").map(\.text)
        algorithms = Set(names.compactMap(JWSAlgorithm.init))
        guard algorithms.isEmpty || algorithms.count < names.count else { return }
        let known = JWSAlgorithm.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        findings.report("`algorithms` names one that is not known, or none", node.span, help: "write some of \(known)")
    }

    private mutating func readAdministrators(_ node: YAMLNode?, _ findings: ConfigurationFindings) {
        guard let node else { return }
        guard case .mapping(let pairs) = node.content, !pairs.isEmpty else {
            findings.report(
                "`administrators` names nobody", node.span, help: "write a name and the SHA-256 of its credential")
            return
        }
        for pair in pairs {
            let isName = pair.key.wholeMatch(of: /[A-Za-z0-9._\-]{1,64}/) != nil
            if isName, let digest = pair.value.text.flatMap({ TokenDigest(hexadecimal: $0) }) {
                administrators.append((pair.key, digest))
                continue
            }
            findings.report(
                "`administrators` needs names with the SHA-256 of a credential", pair.value.span,
                help: "write `ops: HEX`, as `printf %s CREDENTIAL | sha256sum` prints it")
        }
    }

    private mutating func readServer(_ map: YAMLNode, _ behindProxy: Bool, _ findings: ConfigurationFindings) {
        let keys = ConfigurationKeys.tls
        let tls = findings.map(map["tls"], "`tls`", keys, required: keys).flatMap { node -> ServerSettings.TLS? in
            guard let certificate = findings.text(node["certificate"], "certificate"),
                let key = findings.text(node["key"], "key")
            else { return nil }
            return ServerSettings.TLS(certificate: certificate, key: key)
        }
        let isBehindProxy = behindProxy || findings.flag(map["behind_proxy"], "behind_proxy")
        guard let place = map["listen"], let listen = findings.address(place, "listen") else { return }
        let isLoopback = ["127.0.0.1", "::1", "localhost"].contains(listen.host)
        if tls == nil, map["tls"] == nil, !isLoopback, !isBehindProxy {
            findings.report(
                "tokens would cross the network in clear", place.span,
                help: "add `tls:`, listen on 127.0.0.1, or say `behind_proxy: \"true\"` where a proxy ends TLS")
        }
        server = ServerSettings(host: listen.host, port: listen.port, tls: tls, isBehindProxy: isBehindProxy)
        server.metrics = findings.address(map["metrics"], "metrics")
    }

    private mutating func readState(_ map: YAMLNode, _ findings: ConfigurationFindings) {
        if let node = findings.map(map["policies"], "`policies`", ConfigurationKeys.policies, required: ["folder"]) {
            policyFolder = findings.text(node["folder"], "folder") ?? ""
            baseline = findings.text(node["baseline"], "baseline")
            requiresIDs = findings.flag(node["require_ids"], "require_ids")
        }
        if let node = findings.map(map["state"], "`state`", ConfigurationKeys.state) {
            let given: [State] = [
                findings.text(node["sqlite"], "sqlite").map(State.sqlite),
                findings.text(node["postgres"], "postgres").map(State.postgres),
                findings.flag(node["memory"], "memory") ? .memory : nil,
            ].compactMap(\.self)
            if given.count != 1 {
                findings.report(
                    "`state` is in one place", node.span,
                    help: "write `sqlite: FILE`, `postgres: ADDRESS`, or `memory: \"true\"` to try it")
            }
            state = given.first ?? .memory
        }
        if let node = findings.map(map["audit"], "`audit`", ConfigurationKeys.audit, required: ["file"]) {
            readAudit(node, findings)
        }
        if let node = findings.map(map["stores"], "`stores`", ConfigurationKeys.stores) {
            readStores(node, findings)
        }
    }

    private mutating func readAudit(_ node: YAMLNode, _ findings: ConfigurationFindings) {
        auditFile = findings.text(node["file"], "file") ?? ""
        auditKey = findings.text(node["key"], "key")
        let every = findings.number(node["checkpoint_every"], "checkpoint_every", 1...1_000_000)
        recordsPerCheckpoint = every.map(Int64.init) ?? recordsPerCheckpoint
        bytesPerSegment = findings.number(node["segment_bytes"], "segment_bytes", 4096...(1 << 40)).map(Int64.init)
        guard let place = node["keep_days"] else { return }
        secondsKept = findings.number(place, "keep_days", 1...36_500).map { Int64($0) * 86_400 }
        if auditKey == nil || bytesPerSegment == nil {
            findings.report(
                "`keep_days` needs `key` and `segment_bytes`", place.span,
                help: "only whole files of the log are removed, each after its signatures were checked")
        }
    }

    private mutating func readStores(_ node: YAMLNode, _ findings: ConfigurationFindings) {
        ageKeys = findings.text(node["age_keys"], "age_keys")
        awsRegion = findings.text(node["aws_region"], "aws_region")
        awsNames = findings.texts(node["aws_names"], "aws_names").map(\.text)
        kmsKeys = findings.texts(node["kms_keys"], "kms_keys").map(\.text)
        for place in [node["aws_names"], node["kms_keys"], node["cache"], node["cache_protected"]]
        where awsRegion == nil {
            guard let place else { continue }
            findings.report("nothing is read from AWS", place.span, help: "add `aws_region:`, such as eu-west-1")
        }
        if let place = node["aws_names"], awsNames.isEmpty {
            findings.report("`aws_names` names nothing", place.span, help: "write `\(StoreScope.repository)/`")
        }
        if let place = node["kms_keys"], kmsKeys.isEmpty || !kmsKeys.allSatisfy(KMSDataKeys.isKey) {
            findings.report(
                "`kms_keys` has something that is no ARN of a key", place.span,
                help: "write `arn:aws:kms:REGION:ACCOUNT:key/ID`")
        }
        cacheLifetimes = (
            findings.seconds(node["cache"], "cache", 0...3600) ?? cacheLifetimes.usual,
            findings.seconds(node["cache_protected"], "cache_protected", 0...3600) ?? cacheLifetimes.protected
        )
    }

    private mutating func readLimits(_ map: YAMLNode, _ findings: ConfigurationFindings) {
        if let node = findings.map(map["tokens"], "`tokens`", ConfigurationKeys.tokens) {
            maximumLifetime = findings.seconds(node["max_ttl"], "max_ttl", 1...3600) ?? maximumLifetime
        }
        if let node = findings.map(map["limits"], "`limits`", ConfigurationKeys.limits) {
            failures = findings.number(node["failures"], "failures", 0...1_000_000) ?? failures
            failureWindow = findings.seconds(node["window"], "window", 1...86_400).map(Int64.init) ?? failureWindow
            server.connections =
                findings.number(node["connections"], "connections", 1...1_000_000) ?? server.connections
            let perAddress = findings.number(node["connections_per_address"], "connections_per_address", 1...1_000_000)
            server.connectionsPerAddress = perAddress ?? server.connectionsPerAddress
        }
        secondsPerLook = findings.seconds(map["reload"], "reload", 0...3600) ?? secondsPerLook
        secondsPerMetrics = findings.seconds(map["emf"], "emf", 1...3600) ?? secondsPerMetrics
        if let node = findings.map(map["alerts"], "`alerts`", ConfigurationKeys.alerts) {
            webhook = findings.url(node["webhook"], "webhook", help: "write an https:// address")
        }
    }
}
