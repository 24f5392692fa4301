# SPDX-License-Identifier: Apache-2.0
"""Who comes in, and by which connection."""
import http.client
import ssl
import unittest

from localaws.edge.behaviours import matches

from .case import PAGE, EdgeCase


class Doors(EdgeCase):
    def test_patterns(self):
        for pattern, path, fits in (
            ("/commentaires", "/commentaires", True), ("/commentaires", "/commentaires/", False),
            ("/commentaires/*", "/commentaires/a/b", True), ("*.js", "/x/app.js", True), ("*.js", "/app.jsx", False),
            ("/a?c", "/abc", True), ("/HEALTH", "/health", False),
        ):
            with self.subTest(pattern=pattern, path=path):
                self.assertEqual(matches(pattern, path), fits)

    def test_methods_that_a_behaviour_does_not_have_are_refused(self):
        self.assertEqual(self.ask("/", method="POST").status, 403)
        self.assertEqual(self.ask("/commentaires", method="POST").status, 200)
        self.assertEqual(self.ask("/commentaires", method="TRACE").status, 403)

    def test_pages_move_to_https_and_the_api_has_nothing_else(self):
        moved = self.ask("/projets/?a=1", {"Host": f"localhost:{self.edge.http}"}, is_secure=False)
        there = f"https://localhost:{self.edge.https}/projets/?a=1"
        self.assertEqual((moved.status, moved.headers.get("location")), (301, there))
        self.assertEqual(moved.headers.get("x-cache"), "Redirect from cloudfront")
        moved = self.ask("/projets/", {"Host": self.edge.domain}, is_secure=False)
        self.assertEqual(moved.headers.get("location"), f"https://{self.edge.domain}/projets/")
        self.assertEqual(self.ask("/commentaires?sectionId=a", is_secure=False).status, 403)
        self.assertEqual((self.gateway.asked, self.reads), ([], []))


class Connections(EdgeCase):
    def test_it_listens_by_both_and_keeps_connections(self):
        plain = http.client.HTTPConnection("localhost", self.edge.http)
        self.addCleanup(plain.close)
        plain.request("GET", "/")
        self.assertEqual(self.whole(plain).status, 301)
        trusted = ssl.create_default_context(cafile=str(self.edge.trust))
        secure = http.client.HTTPSConnection("localhost", self.edge.https, context=trusted)
        self.addCleanup(secure.close)
        for method, length in (("GET", len(PAGE)), ("HEAD", 0), ("GET", len(PAGE))):
            secure.request(method, "/")
            connection = secure.sock
            answer = self.whole(secure)
            self.assertEqual((answer.status, len(answer.whole)), (200, length))
            self.assertEqual(answer.getheader("content-length"), str(len(PAGE)))
            self.assertIs(secure.sock, connection)

    def whole(self, connection):
        answer = connection.getresponse()
        answer.whole = answer.read()
        return answer


if __name__ == "__main__":
    unittest.main()
