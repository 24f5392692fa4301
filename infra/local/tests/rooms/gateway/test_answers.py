# SPDX-License-Identifier: Apache-2.0
"""What becomes of a function's answer, and answers that no function gave."""
import json
import threading
import unittest

from localaws.functions import Answer, TooManyRequests
from localaws.gateway.variables import fill

from .. import synthesised
from .case import API, GatewayCase


class FunctionAnswers(GatewayCase):
    def told(self, answer):
        self.functions.answer = answer
        return self.ask("GET", "/health")

    def test_what_is_no_answer_is_an_error_of_ours(self):
        for bad in ({}, {"statusCode": "a"}, {"statusCode": True}, {"statusCode": 700}, {"statusCode": 200, "body": {}},
                    {"statusCode": 200, "headers": {"a": []}}, {"statusCode": 200, "multiValueHeaders": {"a": "b"}},
                    {"statusCode": 200, "isBase64Encoded": "no"}, {"statusCode": 200, "more": 1}, [], None,
                    Answer(b"not JSON"), Answer(b'{"errorMessage": "died"}', "Unhandled"),
                    TooManyRequests("Rate Exceeded.")):
            with self.subTest(bad):
                self.refused(self.told(bad), 500, "internal-error")
        self.assertEqual(json.loads(self.lines[0])["error"], "DEFAULT_5XX")

    def test_small_answers_do(self):
        answer = self.told({"statusCode": "204"})
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(answer.headers.get("content-type"), "application/json")

    def test_several_values_go_before_one(self):
        single, several = {"A": "1", "b": True}, {"a": ["2", "3"]}
        answer = self.told({"statusCode": 200, "headers": single, "multiValueHeaders": several})
        self.assertEqual((answer.headers.all("a"), answer.headers.get("B")), (["2", "3"], "true"))

    def test_headers_of_the_gateway_itself_get_another_name(self):
        answer = self.told({"statusCode": 401, "headers": {"WWW-Authenticate": "Basic", "Date": "never"}})
        self.assertEqual(answer.headers.get("x-amzn-remapped-www-authenticate"), "Basic")
        self.assertNotEqual(answer.headers.get("date"), "never")

    def test_without_binary_types_base64_stays_base64(self):
        answer = self.told({"statusCode": 200, "body": "AAEC", "isBase64Encoded": True})
        self.assertEqual(answer.body, b"AAEC")

    def test_a_function_that_takes_too_long_is_not_waited_for(self):
        methods = API.of_type("AWS::ApiGateway::Method")
        method = next(each for each in methods if each.logical.startswith("GatewayhealthGET"))
        method.properties["Integration"]["TimeoutInMillis"] = 50
        self.addCleanup(method.properties["Integration"].pop, "TimeoutInMillis")
        over = threading.Event()
        self.addCleanup(over.set)
        self.refused(self.told(lambda: over.wait(10) and Answer(b"{}")), 503, "too-busy")
        self.assertEqual(json.loads(self.lines[0])["error"], "INTEGRATION_TIMEOUT")


class Mocks(GatewayCase):
    def test_the_missing_page_is_the_sites(self):
        answer = self.ask("GET", "/missing-page/some/where.html", {"Accept": "*/*"})
        self.assertEqual((answer.status, answer.headers.get("content-type")), (404, "text/html; charset=utf-8"))
        self.assertEqual(answer.headers.get("cache-control"), "public, max-age=60")
        page = (synthesised.REPOSITORY / "site/404.html").read_text()
        self.assertEqual(answer.body.decode(), page.replace("#", "&num;").replace("$", "&dollar;"))
        self.assertEqual(self.functions.events, [])

    def test_templates_are_filled_or_refused(self):
        context = {"error": {"message": 'it\'s "so"'}, "stage": "live"}
        self.assertEqual(fill("$context.stage: $context.none.", context), "live: .")
        self.assertEqual(fill('"$util.escapeJavaScript($context.error.message)"', context), '"it\\\'s \\"so\\""')
        for unknown in ("$input.body", "#set($a = 1)", "$util.base64Encode('a')"):
            with self.subTest(unknown), self.assertRaises(NotImplementedError):
                fill(unknown, context)


if __name__ == "__main__":
    unittest.main()
