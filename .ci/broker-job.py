"""A local issuer and a job for `make run-broker`, with nothing but Python and openssl.

Usage: broker-job.py FOLDER. Prints the issuer's address, waits for a line with the broker's address on
standard input, then acts as a job: exchanges its token, fetches, and takes the scoped token back.
"""

import base64
import http.server
import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

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
broker = sys.stdin.readline().strip()


def token():
    now = int(time.time())
    claims = {"iss": issuer, "aud": "http://127.0.0.1", "sub": "repo:acme/shop:ref:refs/heads/main", "jti": str(time.time_ns()),
              "iat": now, "nbf": now, "exp": now + 300, "repository": "acme/shop", "event_name": "push",
              "ref": "refs/heads/main", "environment": "prod", "run_id": "77"}
    text = ".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT", "kid": "1"}, claims))
    made = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key], input=text.encode(), check=True, capture_output=True)
    return text + "." + encoded(made.stdout)


def post(path, body, kind="application/x-www-form-urlencoded", bearer=None):
    request = urllib.request.Request(broker + path, body.encode(), {"Content-Type": kind})
    if bearer:
        request.add_header("Authorization", "Bearer " + bearer)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


job = token()
form = urllib.parse.urlencode({"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": job,
                               "subject_token_type": "urn:ietf:params:oauth:token-type:jwt"})
status, text = post("/v1/token", form)
scoped = json.loads(text)
print("exchange:", status, "grant", scoped.get("grant"), "for", scoped.get("expires_in"), "s:", scoped.get("scope"))
print("the same token again:", *post("/v1/token", form))
status, text = post("/v1/secrets", "{}", "application/json", scoped["access_token"])
for secret in json.loads(text)["secrets"]:
    size = len(base64.b64decode(secret["value_base64"]))
    print("fetch:", status, secret["name"], "%d bytes," % size, "delivered as", secret["deliver"])
print("take back:", post("/v1/revoke", urllib.parse.urlencode({"token": scoped["access_token"]}))[0])
print("fetch with it:", *post("/v1/secrets", "{}", "application/json", scoped["access_token"]))
