import Diagnostics
import Foundation
import InjectTesting
import Secrets
import Testing

@testable import AWSClient

@Suite("Endpoints")
struct AWSEndpointTests {
    /// Every combination in one process of botocore, whose rules are AWS's own.
    static let oracle = """
        import json, sys, botocore.session
        from botocore.config import Config
        session = botocore.session.get_session()
        out = {}
        for region in sys.argv[1].split(","):
            for service in sys.argv[2].split(","):
                for fips in (False, True):
                    for dual in (False, True):
                        config = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dual)
                        try:
                            client = session.create_client(service, region_name=region, config=config,
                                aws_access_key_id="x", aws_secret_access_key="y")
                            url = client.meta.endpoint_url
                            model = client.meta.service_model
                            operation = {"sts": "GetCallerIdentity", "kms": "ListKeys", "ssm": "DescribeParameters",
                                "secretsmanager": "ListSecrets"}[service]
                            url, _, _ = client._resolve_endpoint_ruleset(model.operation_model(operation), {}, {})
                        except Exception as error:
                            url = ""
                        out[f"{region} {service} {fips} {dual}"] = url.rstrip("/")
        print(json.dumps(out))
        """

    @Test("services are asked where botocore asks them")
    func likeBotocore() throws {
        let regions = [
            "eu-west-1", "us-east-1", "ap-southeast-7", "cn-north-1", "us-gov-west-1", "us-iso-east-1",
            "us-isob-east-1", "us-isof-south-1", "eu-isoe-west-1", "eusc-de-east-1",
        ]
        let services = AWSService.allCases.map(\.rawValue)
        let answer = try Python.run(
            Self.oracle,
            arguments: [regions.joined(separator: ","), services.joined(separator: ",")]
        )
        let expected = try JSONDecoder().decode([String: String].self, from: answer)
        #expect(expected.count == regions.count * services.count * 4)
        var compared = 0
        for region in regions {
            for service in AWSService.allCases {
                for (fips, dual) in [(false, false), (true, false), (false, true), (true, true)] {
                    var settings = try AWSSettings(region: region)
                    settings.usesFIPS = fips
                    settings.usesDualStack = dual
                    let key = "\(region) \(service.rawValue) \(fips ? "True" : "False") \(dual ? "True" : "False")"
                    let url = try settings.endpoint(of: service).url
                    // botocore refuses a few that its own list of partitions has since gained.
                    guard let other = expected[key], !other.isEmpty else { continue }
                    #expect(url == other + "/", "\(key)")
                    compared += 1
                }
            }
        }
        #expect(compared >= 140)
    }

    @Test("the variables of AWS's own tools move endpoints, the service's own first")
    func variables() throws {
        let variables = EnvironmentVariables(text: [
            "AWS_ENDPOINT_URL": "https://aws.example.com/base", "AWS_ENDPOINT_URL_SSM": "http://127.0.0.1:5000",
            "AWS_MAX_ATTEMPTS": "2",
        ])
        let settings = try AWSSettings(region: "eu-west-1", environment: variables)
        #expect(try settings.endpoint(of: .ssm).url == "http://127.0.0.1:5000")
        #expect(try settings.endpoint(of: .ssm).host == "127.0.0.1:5000")
        #expect(try settings.endpoint(of: .sts).url == "https://aws.example.com/base")
        #expect(try settings.endpoint(of: .sts).path == "/base")
        #expect(settings.maximumAttempts == 2)
        #expect(try settings.inRegion("us-east-1").endpoint(of: .ssm).url == "http://127.0.0.1:5000")
        let ignoring = EnvironmentVariables(text: [
            "AWS_ENDPOINT_URL": "https://aws.example.com", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        ])
        let plain = try AWSSettings(region: "eu-west-1", environment: ignoring)
        #expect(try plain.endpoint(of: .sts).url == "https://sts.eu-west-1.amazonaws.com/")
    }

    @Test(
        "a variable that would send tokens into the open, or that is none, is refused by its name",
        arguments: [
            ("AWS_ENDPOINT_URL", "http://169.254.169.254"), ("AWS_ENDPOINT_URL_STS", "http://example.com"),
            ("AWS_ENDPOINT_URL", "ftp://example.com"), ("AWS_ENDPOINT_URL", "example.com"),
            ("AWS_ENDPOINT_URL", "https://user:pass@example.com"), ("AWS_ENDPOINT_URL", "https://example.com/?a=b"),
            ("AWS_MAX_ATTEMPTS", "0"), ("AWS_MAX_ATTEMPTS", "x"), ("AWS_USE_FIPS_ENDPOINT", "yes"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "1"),
        ]
    )
    func refused(name: String, value: String) {
        let error = #expect(throws: Diagnostic.self) {
            try AWSSettings(region: "eu-west-1", environment: EnvironmentVariables(text: [name: value]))
        }
        #expect(error?.text.contains(name) == true && error?.text.contains("pass@") == false)
    }

    @Test(
        "a region is a label of a host name",
        arguments: ["", "eu west", "eu-west-1.evil.com", "eu/west", "é", "-eu", "eu-"])
    func regions(region: String) {
        #expect(throws: Diagnostic.self) { try AWSSettings(region: region) }
    }
}
