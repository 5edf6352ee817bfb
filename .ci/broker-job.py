"""A local issuer and a job's token for `make run-broker`, with nothing but Python and openssl.

Usage: broker-job.py FOLDER. Prints the issuer's address and the path of a token of it, and ends with standard input.
"""

import base64
import http.server
import json
import subprocess
import sys
import threading
import time

folder = sys.argv[1]
key = folder + "/issuer.pem"
subprocess.run(["openssl", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key],
               check=True, stderr=subprocess.DEVNULL)
modulus = subprocess.run(["openssl", "rsa", "-in", key, "-noout", "-modulus"], check=True, capture_output=True, text=True)


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


KEYS = {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "e": "AQAB",
                  "n": encoded(bytes.fromhex(modulus.stdout.strip().split("=")[1]))}]}


class Issuer(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        base = "http://" + self.headers["Host"]
        answer = KEYS if self.path == "/jwks" else {"issuer": base, "jwks_uri": base + "/jwks"}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
threading.Thread(target=server.serve_forever, daemon=True).start()
issuer = "http://127.0.0.1:%d" % server.server_address[1]
print(issuer, flush=True)


def token():
    now = int(time.time())
    claims = {"iss": issuer, "aud": "http://127.0.0.1", "sub": "repo:acme/shop:ref:refs/heads/main", "jti": str(time.time_ns()),
              "iat": now, "nbf": now, "exp": now + 300, "repository": "acme/shop", "event_name": "push",
              "ref": "refs/heads/main", "environment": "prod", "run_id": "77"}
    text = ".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT", "kid": "1"}, claims))
    made = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key], input=text.encode(), check=True, capture_output=True)
    return text + "." + encoded(made.stdout)


with open(folder + "/job-token", "w", encoding="ascii") as file:
    file.write(token())
print(folder + "/job-token", flush=True)
sys.stdin.read()
