# SPDX-License-Identifier: Apache-2.0
"""Who asks, and how often: keys of a plan, paces and quotas, tokens of a user pool."""
import base64
import json
import time
import unittest

from localaws import policies
from localaws.gateway import ApiKey, Gateway

from .case import API, POOL, SIGNER, SITE_KEY, GatewayCase, Signer, encoded


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


if __name__ == "__main__":
    unittest.main()
