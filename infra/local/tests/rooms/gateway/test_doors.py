# SPDX-License-Identifier: Apache-2.0
"""What is refused before anybody asks for a key: by path, by method, by size, by policy."""
import unittest
from dataclasses import replace

from localaws.http import Headers, Request

from .. import synthesised
from .case import API, GatewayCase


class Doors(GatewayCase):
    def test_nobody_comes_in_without_the_secret(self):
        for referer in (None, "", "https://elsewhere.example/", synthesised.EDGE_SECRET + "x"):
            with self.subTest(referer):
                headers = Headers([] if referer is None else [("Referer", referer)])
                answer = self.gateway.handle(Request("GET", "/live/health", headers))
                self.refused(answer, 403, "key-refused")
        self.assertEqual(self.functions.events, [])

    def test_what_the_contract_does_not_have_is_not_there(self):
        for method, path in (("GET", "/nowhere"), ("PUT", "/health"), ("GET", ""), ("GET", "/commentaires/a/b"),
                             ("GET", "/moderation"), ("GET", "/missing-page")):
            with self.subTest(path=path, method=method):
                self.refused(self.ask(method, path), 404, "unknown-route")

    def test_another_stage_is_none(self):
        for path in ("/health", "/lives/health", "/test/health"):
            answer = self.gateway.handle(Request("GET", path, Headers([("Referer", synthesised.EDGE_SECRET)])))
            self.refused(answer, 404, "unknown-route")

    def test_a_parameter_can_be_needed(self):
        for query in ("", "?sectionId=", "?other=1"):
            self.refused(self.ask("GET", f"/commentaires{query}"), 400, "missing-section")
        self.assertEqual(self.ask("HEAD", "/commentaires?sectionId=s").status, 200)

    def test_large_bodies_are_refused(self):
        limit = 10 * 1024 * 1024
        self.assertEqual(self.ask("POST", "/commentaires/preview", body=b"x" * limit).status, 200)
        self.refused(self.ask("POST", "/commentaires/preview", body=b"x" * (limit + 1)), 413, "body-too-large")

    def test_the_gateway_needs_leave_to_call_the_function(self):
        without = {key: each for key, each in API.resources.items() if each.type != "AWS::Lambda::Permission"}
        closed = self.make(replace(API, resources=without))
        self.refused(self.ask("GET", "/health", gateway=closed), 500, "internal-error")
        self.assertEqual(self.functions.events, [])


if __name__ == "__main__":
    unittest.main()
