/// The keys of each place in `broker.yaml`; every other is refused.
enum ConfigurationKeys {
    static let file = [
        "version", "node", "listen", "url", "audience", "behind_proxy", "tls", "issuers", "algorithms",
        "trust_local_issuer",
        "policies", "state",
        "audit", "stores", "tokens", "administrators", "limits", "metrics", "alerts", "reload", "emf", "log_level",
    ]
    static let required = ["version", "listen", "url", "issuers", "policies", "state", "audit"]
    static let tls = ["certificate", "key"]
    static let policies = ["folder", "baseline", "require_ids"]
    static let state = ["sqlite", "postgres", "memory"]
    static let audit = ["file", "key", "checkpoint_every", "segment_bytes", "keep_days"]
    static let stores = ["age_keys", "aws_region", "aws_names", "kms_keys", "cache", "cache_protected"]
    static let tokens = ["max_ttl"]
    static let limits = ["failures", "window", "connections", "connections_per_address"]
    static let alerts = ["webhook"]
}
