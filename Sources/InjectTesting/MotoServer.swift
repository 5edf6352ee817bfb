import Foundation

/// `moto_server` from PyPI: AWS's protocols by another maker, started for a test and stopped after it.
///
/// It checks signatures once `enforceAuthorization` was called. It checks neither tokens nor trust, and it ignores session
/// policies, so a test of those looks at `recordedRequests`. It cannot outlive the tests, and they may share one.
package final class MotoServer: Sendable {
    /// The one that tests share who write under names of their own, and neither record nor enforce.
    package static let shared = Result { try MotoServer() }

    private let server: PackagedServer
    /// Where all services are.
    package var url: String { server.url }

    /// Starts it on a free port and waits until it listens.
    package init() throws {
        server = try PackagedServer(
            "moto_server",
            """
            from moto.server import main
            main(["-H", "127.0.0.1", "-p", "0"])
            """
        )
    }

    /// Calls services through botocore: lines of Python in which `sm`, `ssm`, `kms` and `iam` are its clients.
    ///
    /// What the lines leave in `result` is returned as text.
    @discardableResult
    package func seed(_ lines: String) throws -> String {
        let script = """
            import sys, botocore.session
            session = botocore.session.get_session()
            def client(name):
                return session.create_client(name, region_name="eu-west-1", endpoint_url=sys.argv[1],
                    aws_access_key_id="seed", aws_secret_access_key="seed")
            sm, ssm, kms, iam = (client(name) for name in ("secretsmanager", "ssm", "kms", "iam"))
            result = ""
            \(lines)
            print(result, end="")
            """
        return String(decoding: try Python.run(script, arguments: [url]), as: UTF8.self)
    }

    /// Has every request after the next `count` checked: its signature, and what its keys may do.
    package func enforceAuthorization(after count: Int) throws {
        try control("/moto-api/reset-auth", body: "\(count)")
    }

    /// Starts to write down every request.
    package func startRecording() throws {
        try control("/moto-api/recorder/reset-recording")
        try control("/moto-api/recorder/start-recording")
    }

    /// What was asked since `startRecording`: the operation and the body of each request.
    package func recordedRequests() throws -> [(operation: String, body: String)] {
        let lines = try control("/moto-api/recorder/download-recording").split(separator: "\n")
        return try lines.map { line in
            let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let headers = (json?["headers"] as? [String: String] ?? [:]).map { ($0.key.lowercased(), $0.value) }
            var body = json?["body"] as? String ?? ""
            if json?["body_encoded"] as? Bool == true {
                body = Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) } ?? body
            }
            let action = body.firstMatch(of: /Action=([A-Za-z]+)/).map { String($0.1) }
            let target = headers.first { $0.0 == "x-amz-target" }?.1.split(separator: ".").last.map(String.init)
            return (target ?? action ?? "", body)
        }
    }

    @discardableResult
    private func control(_ path: String, body: String = "") throws -> String {
        let script = """
            import sys, urllib.request
            method = "GET" if "download" in sys.argv[1] else "POST"
            data = None if method == "GET" else sys.argv[2].encode()
            request = urllib.request.Request(sys.argv[1], data, {"Content-Type": "text/plain"}, method=method)
            print(urllib.request.urlopen(request).read().decode())
            """
        return String(decoding: try Python.run(script, arguments: [url + path, body]), as: UTF8.self)
    }
}
