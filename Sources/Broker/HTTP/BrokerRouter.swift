internal import Secrets
internal import StrictJSON

/// The routes of a broker, from a request to its answer.
package struct BrokerRouter: Sendable {
    private static let exchangeType = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"
    private static let subjectTypes = [
        "urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token",
    ]

    private let core: BrokerCore
    private let limiter: FailureLimiter
    private let url: String
    private let readiness: Readiness

    /// Routes to a broker's services; `url` is where clients reach it, and what their tokens are for.
    package init(_ core: BrokerCore, limiter: FailureLimiter, url: String, readiness: Readiness) {
        self.core = core
        self.limiter = limiter
        self.url = url
        self.readiness = readiness
    }

    /// Answers a request; failures count against its address.
    package func answer(_ request: BrokerRequest) async -> BrokerReply {
        guard let route = Route(request.target) else { return .notFound }
        guard route.method == request.method else { return .wrongMethod(route.method) }
        if let wait = route.isLimited ? limiter.wait(request.origin.address) : nil {
            core.metrics.count(.limited)
            return .slowDown(wait)
        }
        do throws(Refusal) {
            return try await answer(request, route)
        } catch {
            await note(error, request.origin)
            return .refusal(error)
        }
    }

    private func answer(_ request: BrokerRequest, _ route: Route) async throws(Refusal) -> BrokerReply {
        switch route {
        case .token: try await exchange(request)
        case .secrets: try await fetch(request)
        case .revoke: try await revoke(request)
        case .introspect: try await introspect(request)
        case .explain: try await explain(request)
        case .metadata: .json(200, metadata)
        case .health: .text(200, "ok\n")
        case .readiness: await ready()
        }
    }

    /// The broker's own failures are not the client's.
    private func note(_ refusal: Refusal, _ origin: RequestOrigin) async {
        guard [.invalidGrant, .invalidToken, .invalidScope].contains(refusal.code) else { return }
        await noteFailure(origin)
    }

    private func noteFailure(_ origin: RequestOrigin) async {
        guard limiter.fail(origin.address) else { return }
        await core.alerts.raise(Alert(.failedAuthentications, detail: origin.address))
    }

    private func ready() async -> BrokerReply {
        let failures = await readiness.failures()
        return .text(
            failures.isEmpty ? 200 : 503, failures.isEmpty ? "ready\n" : failures.joined(separator: "\n") + "\n")
    }

    // MARK: - Services

    private func exchange(_ request: BrokerRequest) async throws(Refusal) -> BrokerReply {
        let form = try Self.form(request)
        guard let type = form.text("grant_type") else { throw .malformed("the form needs `grant_type`") }
        guard type == Self.exchangeType else {
            throw Refusal(.unsupportedGrantType, "`grant_type` is `\(Self.exchangeType)`", reason: "grant-type")
        }
        guard form["actor_token"] == nil, form["actor_token_type"] == nil else {
            throw .malformed("a job acts for itself; there is no `actor_token`")
        }
        guard let subject = form["subject_token"], let subjectType = form.text("subject_token_type"),
            Self.subjectTypes.contains(subjectType)
        else { throw .malformed("the form needs `subject_token`, and `subject_token_type` for a JWT or ID token") }
        guard form.text("requested_token_type").map({ $0 == Self.accessTokenType }) ?? true else {
            throw .malformed("only access tokens are issued")
        }
        try checkTarget(form)
        let scope = try Self.scope(form.text("scope"))
        let answer = try await ExchangeService(core).exchange(
            subject, scope: scope, in: form.text("environment"), from: request.origin)
        return try Self.reply(answer, now: core.now())
    }

    private func checkTarget(_ form: FormBody) throws(Refusal) {
        for name in ["audience", "resource"] {
            guard let target = form.text(name), !target.utf8.elementsEqual(url.utf8) else { continue }
            throw Refusal(.invalidTarget, "`\(name)` is not this broker", reason: "target")
        }
    }

    private static func scope(_ text: String?) throws(Refusal) -> [SecretPath]? {
        guard let text else { return nil }
        let names = text.split(separator: " ", omittingEmptySubsequences: false)
        let paths = names.compactMap { SecretPath(String($0)) }
        guard paths.count == names.count, !paths.isEmpty else {
            throw Refusal(
                .invalidScope, "a scope is `ENVIRONMENT/NAME`, with single spaces between", reason: "scope-malformed")
        }
        return paths
    }

    private static func reply(_ answer: ExchangeService.Answer, now: Int64) throws(Refusal) -> BrokerReply {
        let rest = JSONWriter.object([
            ("issued_token_type", .string(accessTokenType)), ("token_type", .string("Bearer")),
            ("expires_in", .integer(max(answer.issued.expiresAt - now, 0))), ("scope", .string(answer.issued.scope)),
            ("grant", .string(answer.issued.grants.joined(separator: " "))),
        ])
        do throws(SecretMemoryError) {
            var body = try SecretBuffer(capacity: 512)
            try body.append(#"{"access_token":""#)
            try answer.token.text.withExposedBytes { (bytes) throws(SecretMemoryError) in try body.append(bytes) }
            try body.append("\"," + rest.line.dropFirst())
            return .secret(200, body.finish())
        } catch {
            throw .unavailable(.resources)
        }
    }

    private func fetch(_ request: BrokerRequest) async throws(Refusal) -> BrokerReply {
        guard let bearer = request.bearer else {
            throw await core.refused(.token("no-bearer-token"), request.origin)
        }
        guard request.isJSON, let question = QuestionBody(request.body, allowsToken: false) else {
            throw .malformed(#"the body is {"secrets": ["ENVIRONMENT/NAME"]}"#)
        }
        let values = try await FetchService(core).fetch(question.secrets, with: bearer, from: request.origin)
        do throws(SecretMemoryError) { return .secret(200, try ValuesBody.json(values)) } catch {
            throw .unavailable(.resources)
        }
    }

    private func revoke(_ request: BrokerRequest) async throws(Refusal) -> BrokerReply {
        guard let token = try Self.form(request)["token"] else { throw .malformed("the form needs `token`") }
        try await TokenService(core).revoke(token, from: request.origin)
        return .text(200, "")
    }

    private func introspect(_ request: BrokerRequest) async throws(Refusal) -> BrokerReply {
        guard let token = try Self.form(request)["token"] else { throw .malformed("the form needs `token`") }
        let administrator = try await administrator(request)
        let found =
            if let administrator {
                try await InspectionService(core: core, administrator: administrator).inspect(
                    token, from: request.origin)
            } else { try await TokenService(core).introspect(token, from: request.origin) }
        guard let issued = found else { return .json(200, .object([("active", .bool(false))])) }
        let members: [(String, JSONWriter)] = [
            ("active", .bool(true)), ("scope", .string(issued.scope)), ("token_type", .string("Bearer")),
            ("exp", .integer(issued.expiresAt)), ("iat", .integer(issued.issuedAt)), ("iss", .string(url)),
            ("sub", .optional(ActorClaims.value(of: "sub", in: issued.actor))),
        ]
        return .json(200, .object(members + (administrator == nil ? [] : Self.details(issued))))
    }

    /// What only an administrator is told.
    private static func details(_ issued: IssuedToken) -> [(String, JSONWriter)] {
        [
            ("repository", .string(issued.repository)), ("grant", .string(issued.grants.joined(separator: " "))),
            ("run_id", .optional(ActorClaims.value(of: "run_id", in: issued.actor))),
        ]
    }

    /// The administrator who asks; nil where there is no credential but a scoped token, as its holder has it.
    private func administrator(_ request: BrokerRequest) async throws(Refusal) -> String? {
        guard let bearer = request.bearer, AccessToken(bearer) == nil else { return nil }
        if let name = core.administrators.name(of: bearer) { return name }
        throw await core.refused(.token("not-an-administrator"), request.origin)
    }

    private func explain(_ request: BrokerRequest) async throws(Refusal) -> BrokerReply {
        guard request.isJSON, let question = QuestionBody(request.body, allowsToken: true),
            let subject = question.subjectToken
        else { throw .malformed(#"the body is {"subject_token": "…", "secrets": ["ENVIRONMENT/NAME"]}"#) }
        let found = try await ExplainService(core).explain(subject, about: question.secrets, from: request.origin)
        if found.opensNothing { await noteFailure(request.origin) }
        let decisions = found.answers.map { answer in
            JSONWriter.object(
                [("secret", .string(answer.path.description)), ("allowed", .bool(answer.grant != nil))]
                    + (answer.grant.map { [("grant", .string($0))] } ?? [])
                    // Whether there is such a secret is not for this token to know.
                    + [("reason", .string(answer.grant == nil ? "no grant reaches it" : "granted"))]
            )
        }
        return .json(200, .object([("decisions", .array(decisions))]))
    }

    /// RFC 8414.
    private var metadata: JSONWriter {
        .object([
            ("issuer", .string(url)), ("token_endpoint", .string(url + "/v1/token")),
            ("revocation_endpoint", .string(url + "/v1/revoke")),
            ("introspection_endpoint", .string(url + "/v1/introspect")),
            ("grant_types_supported", .array([.string(Self.exchangeType)])), ("response_types_supported", .array([])),
            ("token_endpoint_auth_methods_supported", .array([.string("none")])),
            ("revocation_endpoint_auth_methods_supported", .array([.string("none")])),
            (
                "introspection_endpoint_auth_methods_supported",
                .array((["none"] + (core.administrators.isEmpty ? [] : ["Bearer"])).map(JSONWriter.string))
            ),
        ])
    }

    private static func form(_ request: BrokerRequest) throws(Refusal) -> FormBody {
        guard request.contentType == "application/x-www-form-urlencoded", let form = FormBody(request.body) else {
            throw .malformed("the body is a form without repeated parameters")
        }
        return form
    }
}

extension Refusal {
    fileprivate static func malformed(_ description: String) -> Refusal {
        Refusal(.invalidRequest, description, reason: "malformed")
    }
}

extension BrokerRequest {
    fileprivate var isJSON: Bool { contentType == "application/json" || (contentType == nil && body.isEmpty) }
}

extension BrokerReply {
    fileprivate static let notFound = BrokerReply.json(404, .object([("error", .string("not_found"))]))

    fileprivate static func wrongMethod(_ allowed: String) -> BrokerReply {
        var reply = json(405, .object([("error", .string("method_not_allowed"))]))
        reply.headers.append(("Allow", allowed))
        return reply
    }

    fileprivate static func slowDown(_ seconds: Int64) -> BrokerReply {
        var reply = refusal(Refusal(.slowDown, "too many failures; try again later", reason: "rate-limited"))
        reply.headers.append(("Retry-After", String(seconds)))
        return reply
    }
}
