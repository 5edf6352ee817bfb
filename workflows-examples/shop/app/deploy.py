"""Deploys the shop to this machine: starts it, asks it once as a customer would, and stops it."""

import http.client
import json
import os
import ssl
import threading

import shop


def ask(port):
    """One request over TLS, with the certificate checked."""
    context = ssl.create_default_context(cafile="certificate.pem")
    customer = http.client.HTTPSConnection("localhost", port, context=context, timeout=10)
    customer.request("GET", "/orders", headers={"Authorization": "Bearer " + os.environ["API_KEY"]})
    answer = customer.getresponse()
    body = json.loads(answer.read())
    customer.close()
    return answer.status, body


def main():
    server = shop.make_server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        status, body = ask(server.server_address[1])
    finally:
        server.shutdown()
    print(f"deploy: the shop answered {status} over {body.get('tls')}: {body.get('orders')} orders")
    raise SystemExit(0 if status == 200 else 1)


main()
