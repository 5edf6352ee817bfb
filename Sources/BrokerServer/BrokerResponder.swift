internal import Broker
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Secrets

/// From Hummingbird's requests to the router's, and back.
struct BrokerResponder: HTTPResponder {
    struct Context: RequestContext, RemoteAddressRequestContext {
        var coreContext: CoreRequestContextStorage
        let remoteAddress: SocketAddress?

        init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            remoteAddress = source.channel.remoteAddress
        }
    }

    let router: BrokerRouter
    let settings: ServerSettings

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let origin = origin(of: request, context)
        let response = try await answer(request, origin)
        // The target is a client's text, and a careless one puts its token there: only known ones are repeated.
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(Self.shown(request.uri.path))",
                "status": "\(response.status.code)", "address": "\(origin.address)",
                "microseconds": "\((ContinuousClock.now - start) / .microseconds(1))",
            ]
        )
        return response
    }

    private func answer(_ request: Request, _ origin: RequestOrigin) async throws -> Response {
        guard request.uri.string.utf8.count <= 1024 else { return Response(status: .uriTooLong) }
        guard var buffer = try? await request.body.collect(upTo: settings.bodyBytes) else {
            return Response(status: .contentTooLarge, headers: [.connection: "close"])
        }
        guard let body = Self.secret(&buffer) else { return Response(status: .serviceUnavailable) }
        let reply = await router.answer(
            BrokerRequest(
                method: request.method.rawValue,
                target: request.uri.string,
                contentType: Self.mediaType(request.headers[.contentType]),
                authorization: Self.secret(request.headers[values: .authorization]),
                body: body,
                origin: origin
            )
        )
        return Self.response(reply)
    }

    private func origin(of request: Request, _ context: Context) -> RequestOrigin {
        let own = context.remoteAddress?.ipAddress ?? "unknown"
        let address = settings.isBehindProxy ? Self.forwarded(request) ?? own : own
        return RequestOrigin(address: String(address.prefix(64)), userAgent: request.headers[.userAgent])
    }

    /// The address that our own proxy saw: the last one, since those before it anybody can write.
    private static func forwarded(_ request: Request) -> String? {
        let addresses = HTTPField.Name("X-Forwarded-For").flatMap { request.headers[$0] }?.split(separator: ",")
        return addresses?.last.map { address in String(address.filter { $0 != " " }) }
    }

    private static func shown(_ path: String) -> String {
        ["/v1/token", "/v1/secrets", "/v1/revoke", "/v1/introspect", "/v1/explain", "/healthz", "/readyz"].contains(
            path)
            ? path : "(other)"
    }

    private static func mediaType(_ value: String?) -> String? {
        value.map { value in
            let name = value.utf8.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != UInt8(ascii: " ") }
            return String(decoding: name, as: UTF8.self).lowercased()
        }
    }

    /// Two headers are two readings, and count as none.
    private static func secret(_ values: [String]) -> SecretBytes? {
        guard values.count == 1, var value = values.first else { return nil }
        return value.withUTF8 { try? SecretBytes(copying: UnsafeRawBufferPointer($0)) }
    }

    private static func secret(_ buffer: inout ByteBuffer) -> SecretBytes? {
        let secret = buffer.withUnsafeReadableBytes { try? SecretBytes(copying: $0) }
        buffer.withUnsafeMutableReadableBytes { SecretBuffer.wipe($0) }
        return secret
    }

    private static func response(_ reply: BrokerReply) -> Response {
        var headers = HTTPFields()
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        let body = reply.body.map { body in
            body.withExposedBytes { ResponseBody(byteBuffer: ByteBuffer(bytes: $0)) }
        }
        return Response(status: HTTPResponse.Status(code: reply.status), headers: headers, body: body ?? ResponseBody())
    }
}
