# SPDX-License-Identifier: Apache-2.0
import http.client
import json
import ssl
import unittest

from localaws import policies
from localaws.edge import Edge
from localaws.gateway import ApiKey, Gateway

from .. import backend, synthesised
from .case import SITE

API = synthesised.stack("Api")


class TheWholeWay(unittest.TestCase):
    """Reader, edge, gateway, function, DynamoDB."""

    @classmethod
    def setUpClass(cls):
        cls.functions = backend.functions("Api")
        cls.addClassCleanup(cls.functions.close)
        key = ApiKey("k", "the-key", True, frozenset({API.one("AWS::ApiGateway::UsagePlan").ref}))
        gateway = Gateway(API, cls.functions, jwks_for=lambda _: {"keys": []}, policies=policies,
                          api_keys=lambda: [key])
        cls.edge = Edge(SITE, gateway, lambda *_: None, policies=policies)
        cls.addClassCleanup(cls.edge.close)
        cls.trusted = ssl.create_default_context(cafile=str(cls.edge.trust))

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPSConnection("localhost", self.edge.https, context=self.trusted)
        self.addCleanup(connection.close)
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Content-Type": "application/json", **more}
        connection.request(method, path, body and json.dumps(body), sent)
        answer = connection.getresponse()
        return answer, answer.read()

    def test_a_comment_goes_the_whole_way_and_is_kept(self):
        origin = f"https://{self.edge.domain}"
        comment = {"sectionId": "whole-way", "author": "Zoé", "text": "Bonjour"}
        answer, made = self.ask("POST", "/commentaires", comment, x_api_key="the-key", Origin=origin)
        self.assertEqual(answer.status, 201, made)
        self.assertEqual(answer.getheader("x-cache"), "Miss from cloudfront")
        answer, page = self.ask("GET", "/commentaires?sectionId=whole-way")
        self.assertEqual((answer.status, answer.getheader("x-cache")), (200, "Miss from cloudfront"))
        self.assertEqual([each["author"] for each in json.loads(page)["comments"]], ["Zoé"])
        self.assertEqual(answer.getheader("strict-transport-security"), "max-age=86400")
        answer, again = self.ask("GET", "/commentaires?sectionId=whole-way&utm=1")
        self.assertEqual((answer.getheader("x-cache"), again), ("Hit from cloudfront", page))

    def test_other_sites_may_not_post(self):
        comment = {"sectionId": "whole-way", "author": "Zoé", "text": "Bonjour"}
        answer, told = self.ask("POST", "/commentaires", comment, x_api_key="the-key", Origin="https://other.example")
        self.assertEqual((answer.status, json.loads(told)["type"]), (403, "urn:palabre:problem:origin-refused"))

    def test_missing_pages_and_missing_routes_are_two_things(self):
        answer, page = self.ask("GET", "/nowhere.html")
        self.assertEqual((answer.status, answer.getheader("content-type")), (404, "text/html; charset=utf-8"))
        self.assertIn(b"<!doctype html>", page)
        answer, told = self.ask("GET", "/moderation/nowhere")
        self.assertEqual((answer.status, json.loads(told)["type"]), (404, "urn:palabre:problem:unknown-route"))
        answer, told = self.ask("GET", "/moderation/commentaires")
        self.assertEqual((answer.status, json.loads(told)["type"]), (401, "urn:palabre:problem:key-required"))

    def test_health(self):
        answer, told = self.ask("GET", "/health")
        self.assertEqual((answer.status, json.loads(told)["status"]), (200, "ok"))


if __name__ == "__main__":
    unittest.main()
