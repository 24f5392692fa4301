# SPDX-License-Identifier: Apache-2.0
import base64
import http.client
import json
import threading
import time
import unittest

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from localaws import policies
from localaws.functions import Answer, TooManyRequests
from localaws.gateway import ApiKey, Gateway
from localaws.gateway.tokens import issuer_of
from localaws.gateway.variables import fill
from localaws.http import Headers, Listener, Request
from localaws.templates.stack import Stack

from . import synthesised
from . import backend

API = synthesised.stack("Api")
POOL = synthesised.stack("Data").one("AWS::Cognito::UserPool").attributes["Arn"]
SITE_KEY = ApiKey(API.one("AWS::ApiGateway::ApiKey").ref, "the-key-of-the-site", True,
                  frozenset({API.one("AWS::ApiGateway::UsagePlan").ref}))
ANSWER = {"statusCode": 200, "multiValueHeaders": {"content-type": ["text/plain"], "x": ["1", "2"]}, "body": "ok"}


class Signer:
    """A user pool, as far as its tokens go."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.asked = []

    def jwks(self, pool):
        self.asked.append(pool)
        numbers = self.key.public_key().public_numbers()
        return {"keys": [{"kid": "k1", "kty": "RSA", "alg": "RS256", "e": number(numbers.e), "n": number(numbers.n)}]}

    def token(self, header=None, **claims):
        claims = {"iss": issuer_of(POOL), "token_use": "id", "exp": int(time.time()) + 60, "sub": "u1",
                  "cognito:groups": ["moderators", "admins"], "email_verified": True, **claims}
        signed = f"{encoded(header or {'kid': 'k1', 'alg': 'RS256'})}.{encoded(claims)}"
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{base64url(signature)}"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def encoded(value):
    return base64url(json.dumps(value).encode())


def number(value):
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Recorder:
    """In the place of the functions: what was asked, and an answer that the test chooses."""

    def __init__(self):
        self.events, self.answer = [], ANSWER

    def invoke(self, arn, payload):
        self.events.append((arn, json.loads(payload)))
        if isinstance(self.answer, Exception):
            raise self.answer
        if callable(self.answer):
            return self.answer()
        return self.answer if isinstance(self.answer, Answer) else Answer(json.dumps(self.answer).encode())


SIGNER = Signer()


class GatewayCase(unittest.TestCase):
    def setUp(self):
        self.functions, self.lines, self.now = Recorder(), [], 1_800_000_000.0
        self.gateway = self.make()

    def make(self, stack=API, clock=None):
        return Gateway(stack, self.functions, jwks_for=SIGNER.jwks, policies=policies, api_keys=lambda: [SITE_KEY],
                       access_log=self.lines.append, clock=clock or time.time)

    def ask(self, method, target, headers=None, body=b"", gateway=None, **more):
        sent = Headers({"Referer": synthesised.EDGE_SECRET, **(headers or {})}.items())
        return (gateway or self.gateway).handle(Request(method, f"/live{target}", sent, body, **more))

    def refused(self, answer, status, problem):
        self.assertEqual((answer.status, answer.headers.get("content-type")), (status, "application/problem+json"))
        self.assertEqual(answer.headers.get("cache-control"), "no-store")
        told = json.loads(answer.body)
        self.assertEqual((told["type"], told["status"]), (f"urn:palabre:problem:{problem}", status))

    def event(self):
        return self.functions.events[-1][1]


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
        closed = self.make(Stack(API.name, API.region, resources=without))
        self.refused(self.ask("GET", "/health", gateway=closed), 500, "internal-error")
        self.assertEqual(self.functions.events, [])


class Keys(GatewayCase):
    def post(self, key, gateway=None):
        return self.ask("POST", "/commentaires", {"x-api-key": key} if key else {}, b"{}", gateway=gateway)

    def test_posts_need_a_key_of_the_plan(self):
        for key in (None, "", "another"):
            self.refused(self.post(key), 401, "key-required")
        self.assertEqual(self.post(SITE_KEY.value).status, 200)
        self.assertEqual(self.event()["requestContext"]["identity"]["apiKeyId"], SITE_KEY.id)

    def test_a_key_that_is_off_or_of_no_plan_opens_nothing(self):
        for key in (ApiKey("k", "v", False, SITE_KEY.plans), ApiKey("k", "v", True, frozenset({"other"}))):
            gateway = Gateway(API, self.functions, jwks_for=SIGNER.jwks, policies=policies, api_keys=lambda: [key])
            self.refused(self.post("v", gateway), 401, "key-required")

    def test_posts_are_slowed_down(self):
        gateway = self.make(clock=lambda: self.now)
        told = [self.post(SITE_KEY.value, gateway).status for _ in range(21)]
        self.assertEqual(told, [200] * 20 + [429])
        slow = self.post(SITE_KEY.value, gateway)
        self.refused(slow, 429, "too-many-requests")
        self.assertEqual(slow.headers.get("retry-after"), "1")
        self.now += 0.2  # five a second
        self.assertEqual([self.post(SITE_KEY.value, gateway).status for _ in range(2)], [200, 429])

    def test_a_day_has_so_many_posts_until_midnight(self):
        gateway = self.make(clock=lambda: self.now)
        self.now -= self.now % 86400
        told = set()
        for _ in range(5000):
            self.now += 1
            told.add(self.post(SITE_KEY.value, gateway).status)
        self.assertEqual(told, {200})
        self.refused(self.post(SITE_KEY.value, gateway), 429, "quota-exceeded")
        self.now += 86400 - self.now % 86400
        self.assertEqual(self.post(SITE_KEY.value, gateway).status, 200)

    def test_the_stage_has_a_pace_of_its_own(self):
        gateway = self.make(clock=lambda: self.now)
        told = [self.ask("GET", "/health", gateway=gateway).status for _ in range(201)]
        self.assertEqual((told.count(200), told[-1]), (200, 429))
        self.assertEqual(self.ask("GET", "/openapi.json", gateway=gateway).status, 200)


class SignedIn(GatewayCase):
    def moderate(self, token):
        return self.ask("GET", "/moderation/commentaires", {"Authorization": token} if token else {})

    def test_claims_reach_the_function_as_text(self):
        for token in (SIGNER.token(exp=4102444800), f"Bearer {SIGNER.token(exp=4102444800)}"):
            self.assertEqual(self.moderate(token).status, 200)
            claims = self.event()["requestContext"]["authorizer"]["claims"]
            self.assertEqual((claims["cognito:groups"], claims["sub"]), ("moderators,admins", "u1"))
            self.assertEqual((claims["email_verified"], claims["exp"]), ("true", "Fri Jan 01 00:00:00 UTC 2100"))
        self.assertEqual(set(SIGNER.asked), {POOL})

    def test_other_tokens_open_nothing(self):
        good = SIGNER.token()
        header, claims, signature = good.split(".")
        forged = encoded({**json.loads(base64.urlsafe_b64decode(claims + "==")), "sub": "other"})
        bad = {
            "none": None, "no token": "abc", "no JSON": "a.b.c", "of another key": Signer().token(),
            "changed": f"{header}.{forged}.{signature}", "unsigned": f"{encoded({'alg': 'none'})}.{claims}.",
            "of another pool": SIGNER.token(iss="https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_Other"),
            "expired": SIGNER.token(exp=int(time.time()) - 1), "an access token": SIGNER.token(token_use="access"),
            "of another algorithm": SIGNER.token({"kid": "k1", "alg": "HS256"}),
            "of an unknown key": SIGNER.token({"kid": "k2", "alg": "RS256"}),
            "a list": f"{encoded([])}.{encoded([])}.x",
        }
        for name, token in bad.items():
            with self.subTest(name):
                self.refused(self.moderate(token), 401, "key-required")
        self.assertEqual(self.functions.events, [])


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
