"""GitHub's token service and its issuer on one port: /token, /jwks and the discovery document. Usage: issuer.py PORT"""

import base64
import http.server
import json
import sys
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


PUBLIC = KEY.public_key().public_numbers()
KEYS = {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
                  "n": number(PUBLIC.n), "e": number(PUBLIC.e)}]}


def token(issuer, audience):
    now = int(time.time())
    claims = {"iss": issuer, "aud": audience, "sub": "repo:acme/shop:ref:refs/heads/main", "jti": str(time.time_ns()),
              "iat": now, "nbf": now - 60, "exp": now + 300, "repository": "acme/shop", "repository_id": "456789",
              "event_name": "push", "ref": "refs/heads/main", "run_id": "77", "run_attempt": "1"}
    parts = (json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT", "kid": "1"}, claims))
    text = ".".join(map(encoded, parts))
    return text + "." + encoded(KEY.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body in one write: a lone body would wait for the acknowledgement of the headers

    def log_message(self, *_):
        pass

    def do_GET(self):
        # As the caller knows it: it may come through a proxy.
        issuer = "http://" + self.headers["Host"]
        if self.path.startswith("/token"):
            answer = {"count": 1, "value": token(issuer, self.path.split("audience=")[1])}
        elif self.path == "/jwks":
            answer = KEYS
        else:
            answer = {"issuer": issuer, "jwks_uri": issuer + "/jwks"}
        body = json.dumps(answer, separators=(",", ":")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
