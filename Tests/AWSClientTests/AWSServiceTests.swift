import AWSClient
import Testing

@Suite("AWS services")
struct AWSServiceTests {
    @Test(
        "each service has the variable that AWS's own tools read",
        arguments: [
            (AWSService.sts, "STS"), (.secretsManager, "SECRETS_MANAGER"), (.ssm, "SSM"), (.kms, "KMS"),
        ]
    )
    func variables(service: AWSService, suffix: String) {
        #expect(service.variableSuffix == suffix)
    }
}
