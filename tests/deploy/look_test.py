# SPDX-License-Identifier: Apache-2.0
"""A look at an address that is well, not well yet, and not well at all."""

import http.server
import json
import threading
import unittest
import unittest.mock

import ground
from deploy import look, say


class Home(http.server.BaseHTTPRequestHandler):
    """As much of the API as a deployment looks at. `server.troubles`: what is answered instead, in turn."""

    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", kind="application/json"):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.trouble():
            return
        path, _, query = self.path.partition("?")
        comments = self.server.comments
        if path == "/":
            self.answer(200, b"<!doctype html>", self.server.page_type)
        elif path == "/health":
            self.answer(200, {"status": "ok", "version": "1.2.3"})
        elif path == "/commentaires":
            self.answer(200, {"comments": list(comments.values()) if query == "sectionId=deploy-check" else []})
        else:
            found = comments.get(path.rpartition("/")[2])
            self.answer(200 if found else 404, found or b"")

    def do_POST(self):
        draft = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.trouble():
            return
        if self.headers.get("x-api-key") != self.server.key:
            self.answer(403, {"title": "no key"})
            return
        self.server.posts.append(self.headers["Idempotency-Key"])
        comment = {**draft, "id": "0190"}
        if self.server.status == 201:
            self.server.comments["0190"] = comment
        self.answer(self.server.status, {**comment, "editToken": "token"} if self.server.tokens else comment)

    def do_DELETE(self):
        well = self.headers.get("edit-token") == "token"
        self.server.comments.pop(self.path.rpartition("/")[2], None)
        self.server.deleted += 1
        self.answer(204 if well else 403)

    def trouble(self):
        for at, (method, path, status) in enumerate(self.server.troubles):
            if (method, path) == (self.command, self.path.partition("?")[0]):
                del self.server.troubles[at]
                self.answer(status, {"title": "trouble"})
                return True
        return False

    def log_message(self, *_):
        pass


class Look(unittest.TestCase):
    def setUp(self):
        self.home = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Home)
        threading.Thread(target=self.home.serve_forever, daemon=True).start()
        self.addCleanup(self.home.server_close)
        self.addCleanup(self.home.shutdown)
        for name, value in {"comments": {}, "troubles": [], "posts": [], "deleted": 0, "status": 201, "tokens": True,
                            "key": "key", "page_type": "text/html"}.items():
            setattr(self.home, name, value)
        self.enterContext(unittest.mock.patch.object(look.patiently, "__kwdefaults__", {"pause": 0.01}))

    def look(self, key="key", key_wanted=False) -> str:
        with ground.Spoken() as said:
            look.run(f"http://127.0.0.1:{self.home.server_port}/", key, key_wanted, patience=0.5)
        return str(said)

    def test_all_is_well(self):
        said = self.look()
        for words in ["version 1.2.3", "posted and read back", "deleted by its author's token"]:
            self.assertIn(words, said)
        self.assertEqual((self.home.comments, self.home.deleted), ({}, 1))

    def test_a_comment_that_is_held_counts(self):
        self.home.status = 202
        self.assertIn("waits for a moderator", self.look())
        self.assertEqual(self.home.deleted, 1)

    def test_what_is_not_well_yet_is_asked_again(self):
        self.home.troubles = [("GET", "/", 403), ("GET", "/health", 503), ("GET", "/health", 502),
                              ("POST", "/commentaires", 403), ("GET", "/commentaires", 500),
                              ("GET", "/commentaires/0190", 404)]
        said = self.look()
        self.assertIn("not yet: GET /health was answered 503", said)
        self.assertIn("posted and read back", said)
        self.assertEqual((len(self.home.posts), self.home.troubles, self.home.comments), (1, [], {}))

    def test_what_stays_unwell_ends_it(self):
        self.home.troubles = [("GET", "/health", 503)] * 1000
        with self.assertRaisesRegex(say.Stop, "Not well.*/health was answered 503"):
            self.look()
        self.home.troubles = [("GET", "/commentaires/0190", 404)] * 1000
        with self.assertRaisesRegex(say.Stop, "/commentaires/0190"):
            self.look()
        self.assertEqual(self.home.comments, {})   # it was deleted again all the same

    def test_what_time_does_not_mend_is_not_waited_for(self):
        self.home.troubles = [("POST", "/commentaires", 422)]
        with self.assertRaisesRegex(say.Stop, "422"):
            self.look()

    def test_a_wrong_key(self):
        with self.assertRaisesRegex(say.Stop, "403"):
            self.look(key="another")

    def test_keys_of_our_own(self):
        self.assertIn("left out", self.look(key=None, key_wanted=True))
        self.assertEqual(self.home.posts, [])

    def test_authors_without_tokens(self):
        self.home.tokens = False
        self.assertIn("stays in the section", self.look())

    def test_a_front_page_that_is_none(self):
        self.home.page_type = "application/xml"
        with self.assertRaisesRegex(say.Stop, "no page"):
            self.look()

    def test_nobody_there(self):
        with self.assertRaisesRegex(say.Stop, "Connection refused"), ground.Spoken():
            look.run("http://127.0.0.1:1", None, False, patience=0.5)


if __name__ == "__main__":
    unittest.main()
