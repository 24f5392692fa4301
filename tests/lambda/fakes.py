# SPDX-License-Identifier: Apache-2.0
"""What a Lambda function talks to, on the loopback: the Runtime API, a name server, an HTTPS service."""

import http.server
import pathlib
import queue
import socket
import ssl
import struct
import subprocess
import threading

HOST = "dynamodb.palabre.test"


class runtime_api:
    """Gives events to one function, and keeps what it answers."""

    def __init__(self):
        self.events = queue.Queue()
        self.answers = queue.Queue()  # (what of /runtime/…, body)
        self.asked = threading.Event()  # for the first time
        api = self

        class handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                api.asked.set()
                number, event = api.events.get()
                if event is None:
                    api.end()  # for the next who asks
                    self.close_connection = True
                    return
                self.send(200, event, {"Lambda-Runtime-Aws-Request-Id": str(number)})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                api.answers.put((self.path.removeprefix("/2018-06-01/runtime/"), body))
                self.send(202, b'{"status":"OK"}', {})

            def send(self, status, body, headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"127.0.0.1:{self.server.server_port}"

    def ask(self, number, event, seconds):
        self.events.put((number, event))
        return self.answers.get(timeout=seconds)

    def end(self):
        """From now on, closes the connection instead of giving an event."""
        self.events.put((0, None))

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class name_server:
    """Knows one name, HOST, at 127.0.0.1. Answers over UDP as RFC 1035 says."""

    def __init__(self):
        self.asked = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                query, client = self.socket.recvfrom(4096)
            except OSError:
                return  # closed
            self.socket.sendto(self.answer(query), client)

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode())
            at += 1 + query[at]
        kind = struct.unpack_from(">H", query, at + 1)[0]
        question = query[12 : at + 5]
        name = ".".join(labels).lower()
        self.asked.append(name)
        is_known, is_a = name == HOST, kind == 1
        flags = 0x8580 if is_known else 0x8583  # an authoritative answer; no such name
        head = query[:2] + struct.pack(">HHHHH", flags, 1, int(is_known and is_a), 0, 0)
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton("127.0.0.1")
        return head + question + (record if is_known and is_a else b"")

    def close(self):
        self.socket.close()


def make_certificate(folder, name):
    """Of a name, signed by itself: the files of the certificate and of its key."""
    files = pathlib.Path(folder, f"{name}.pem"), pathlib.Path(folder, f"{name}.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
         "-out", files[0], "-keyout", files[1]],
        check=True, capture_output=True)
    return files


class https_service:
    """Says "here I am" to everybody who believes its certificate."""

    def __init__(self, certificate, key):
        class handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", "9")
                self.end_headers()
                self.wfile.write(b"here I am")

            def log_message(self, *_):
                pass

        class server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a client that went away: that is what some tests are about

        self.server = server(("127.0.0.1", 0), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        # The handshake belongs into the thread of the connection.
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_port

    def close(self):
        self.server.shutdown()
        self.server.server_close()
