# SPDX-License-Identifier: Apache-2.0
"""What a function is given of a request, and what the log says of it."""
import json
import unittest

from .case import API, GatewayCase


class Events(GatewayCase):
    def test_an_event_has_the_form_of_payload_1_0(self):
        target = "/commentaires/a%2Fb?x=1&x=%C3%A9+t&empty="
        answer = self.ask("GET", target, {"Accept": "text/plain"}, source_ip="192.0.2.7")
        self.assertEqual((answer.status, answer.body), (200, b"ok"))
        self.assertEqual(answer.headers.all("X"), ["1", "2"])
        arn, event = self.functions.events[0]
        self.assertEqual(arn, API.one("AWS::Lambda::Alias").ref)
        self.assertEqual(event["resource"], "/commentaires/{id}")
        self.assertEqual(event["path"], "/commentaires/a%2Fb")
        self.assertEqual(event["pathParameters"], {"id": "a/b"})
        self.assertEqual(event["multiValueQueryStringParameters"], {"x": ["1", "é t"], "empty": [""]})
        self.assertEqual(event["queryStringParameters"], {"x": "é t", "empty": ""})
        self.assertEqual(event["multiValueHeaders"]["Accept"], ["text/plain"])
        self.assertEqual(event["headers"]["Host"], "a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com")
        self.assertEqual(event["headers"]["X-Forwarded-For"], "192.0.2.7")
        self.assertEqual((event["body"], event["isBase64Encoded"], event["stageVariables"]), (None, False, None))
        context = event["requestContext"]
        self.assertEqual((context["path"], context["stage"]), ("/live/commentaires/a%2Fb", "live"))
        self.assertEqual((context["identity"]["sourceIp"], "apiKeyId" in context["identity"]), ("192.0.2.7", False))
        self.assertNotIn("authorizer", context)

    def test_bodies_are_text(self):
        self.ask("PATCH", "/commentaires/a", {"Content-Type": "image/png"}, "é".encode() + b"\xff")
        self.assertEqual((self.event()["body"], self.event()["isBase64Encoded"]), ("é\ufffd", False))

    def test_nothing_is_there_when_nothing_was_sent(self):
        self.ask("GET", "/health")
        for name in ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters"):
            self.assertIsNone(self.event()[name])

    def test_a_name_goes_before_a_parameter(self):
        self.ask("GET", "/commentaires/counts?sectionId=s")
        self.assertEqual(self.event()["resource"], "/commentaires/counts")

    def test_the_log_line_has_the_form_of_the_stage(self):
        self.ask("GET", "/health")
        line = json.loads(self.lines[0])
        self.assertEqual((line["method"], line["route"], line["status"], line["functionStatus"], line["error"]),
                         ("GET", "/health", "200", "200", "-"))
        self.assertEqual((line["request"], line["bytes"]), (self.event()["requestContext"]["requestId"], "2"))
        self.ask("GET", "/nowhere")
        line = json.loads(self.lines[1])
        self.assertEqual((line["route"], line["status"], line["error"]), ("-", "404", "MISSING_AUTHENTICATION_TOKEN"))


if __name__ == "__main__":
    unittest.main()
