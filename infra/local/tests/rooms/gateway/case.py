# SPDX-License-Identifier: Apache-2.0
"""A gateway before a function that the test speaks for, and a user pool that signs."""
import base64
import json
import time
import unittest

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from localaws import policies
from localaws.functions import Answer
from localaws.gateway import ApiKey, Gateway
from localaws.gateway.tokens import issuer_of
from localaws.http import Headers, Request

from .. import synthesised

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


SIGNER = Signer()


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
