package import HTTPTransport

/// One operation of a service, ready to be sent.
package struct AWSCall: Sendable {
    /// Who is asked.
    package let service: AWSService
    /// What for, such as `GetParameters`.
    package let operation: String
    let contentType: String
    /// What names the operation to services that speak JSON.
    let target: String?
    let body: HTTPBody
    /// Whether a service that is asked too much is asked again; false where there is another way.
    var retriesThrottling = true

    /// An operation of the JSON protocol (smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).
    package static func json(_ service: AWSService, _ operation: String, target: String, body: HTTPBody) -> AWSCall {
        AWSCall(
            service: service,
            operation: operation,
            contentType: "application/x-amz-json-1.1",
            target: target + "." + operation,
            body: body
        )
    }

    /// An operation of the query protocol, whose body is a form
    /// (smithy.io/2.0/aws/protocols/aws-query-protocol.html).
    package static func query(_ service: AWSService, _ operation: String, body: HTTPBody) -> AWSCall {
        AWSCall(
            service: service,
            operation: operation,
            contentType: "application/x-www-form-urlencoded; charset=utf-8",
            target: nil,
            body: body
        )
    }
}
