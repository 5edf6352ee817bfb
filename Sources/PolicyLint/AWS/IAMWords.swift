/// What the parts of a statement are called.
struct IAMWords {
    let statement: String
    let sid: String
    let effect: String
    let principal: String
    let action: String
    let exception: String
    let resource: String
    let condition: String

    /// IAM's own words.
    static let iam = IAMWords(
        statement: "Statement", sid: "Sid", effect: "Effect", principal: "Principal", action: "Action",
        exception: "NotAction", resource: "Resource", condition: "Condition"
    )

    /// Those of Terraform's `aws_iam_policy_document`.
    static let terraform = IAMWords(
        statement: "statement", sid: "sid", effect: "effect", principal: "principals", action: "actions",
        exception: "not_actions", resource: "resources", condition: "condition"
    )

    static let all = [iam, terraform]
}
