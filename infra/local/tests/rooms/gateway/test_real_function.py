# SPDX-License-Identifier: Apache-2.0
import http.client
import json
import unittest

from localaws import policies
from localaws.gateway import Gateway
from localaws.http import Listener

from .. import backend, synthesised
from .case import API, SIGNER, SITE_KEY


class TheRealFunction(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lines = []
        cls.functions = backend.functions("Api", log=lambda *line: cls.lines.append(line[2]))
        cls.addClassCleanup(cls.functions.close)
        gateway = Gateway(API, cls.functions, jwks_for=SIGNER.jwks, policies=policies, api_keys=lambda: [SITE_KEY])
        cls.listener = Listener(gateway.handle)
        cls.addClassCleanup(cls.listener.close)

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.listener.port)
        self.addCleanup(connection.close)
        sent = {"Referer": synthesised.EDGE_SECRET, "Content-Type": "application/json", **headers}
        connection.request(method, f"/live{path}", body and json.dumps(body), sent)
        answer = connection.getresponse()
        text = answer.read()
        return answer, json.loads(text) if text else None

    def test_it_is_well(self):
        answer, body = self.ask("GET", "/health")
        self.assertEqual((answer.status, body["status"]), (200, "ok"), self.lines)
        answer, body = self.ask("HEAD", "/health")
        self.assertEqual((answer.status, body), (200, None))

    def test_a_comment_is_posted_read_and_deleted(self):
        comment = {"sectionId": "section-1", "author": "Zoé", "text": "Bonjour *à tous*"}
        answer, made = self.ask("POST", "/commentaires", comment, **{"x-api-key": SITE_KEY.value})
        self.assertEqual(answer.status, 201, made)
        answer, page = self.ask("GET", "/commentaires?sectionId=section-1")
        self.assertEqual([(each["id"], each["author"]) for each in page["comments"]], [(made["id"], "Zoé")])
        answer, gone = self.ask("DELETE", f"/commentaires/{made['id']}", **{"edit-token": made["editToken"]})
        self.assertEqual((answer.status, gone), (204, None))

    def test_moderators_come_in_by_their_group(self):
        for groups, status in (["moderators"], 200), ([], 403):
            token = SIGNER.token(**{"cognito:groups": groups})
            answer, body = self.ask("GET", "/moderation/commentaires", Authorization=token)
            self.assertEqual(answer.status, status, body)

    def test_its_own_refusals_come_through(self):
        answer, body = self.ask("POST", "/commentaires", {"sectionId": "s"}, **{"x-api-key": SITE_KEY.value})
        self.assertEqual((answer.status, body["type"]), (422, "urn:palabre:problem:invalid-fields"))


if __name__ == "__main__":
    unittest.main()
