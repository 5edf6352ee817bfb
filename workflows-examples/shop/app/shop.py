"""The shop: an HTTPS server that answers who has the API key, with orders from its database."""

import base64
import hmac
import http.server
import json
import os
import sqlite3
import ssl
import sys
import urllib.parse

API_KEY = os.environ["API_KEY"]


def open_database(url):
    """Opens the database of a URL like sqlite://USER:PASSWORD@localhost/FILE and checks the password."""
    parts = urllib.parse.urlsplit(url)
    database = sqlite3.connect(parts.path.lstrip("/"), check_same_thread=False)
    database.execute("CREATE TABLE IF NOT EXISTS owner (password_hash TEXT NOT NULL)")
    database.execute("CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, item TEXT NOT NULL)")
    expected = hmac.new(b"shop", parts.password.encode(), "sha256").hexdigest()
    known = database.execute("SELECT password_hash FROM owner").fetchone()
    if known is None:
        database.execute("INSERT INTO owner VALUES (?)", (expected,))
    elif not hmac.compare_digest(known[0], expected):
        sys.exit("shop: the database refused the password")
    database.execute("INSERT INTO orders (item) VALUES ('tea')")
    database.commit()
    return database


class Shop(http.server.BaseHTTPRequestHandler):
    """One customer's request."""

    def do_GET(self):
        given = self.headers.get("Authorization", "")
        # Careless, as real programs are: credentials in the log. Watch what inject makes of these two lines.
        print("shop: request with", given)
        print("shop: basic", base64.b64encode(("shop:" + API_KEY).encode()).decode())
        if not hmac.compare_digest(given, "Bearer " + API_KEY):
            return self.answer(401, {"error": "who are you?"})
        count = self.server.database.execute("SELECT count(*) FROM orders").fetchone()[0]
        self.answer(200, {"orders": count, "tls": self.connection.version()})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def make_server():
    """The server on a free port of this machine, ready to accept."""
    url = os.environ["DATABASE_URL"]
    print("shop: connecting to", url)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    server.database = open_database(url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("certificate.pem", os.environ["TLS_KEY_FILE"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server
