# SPDX-License-Identifier: Apache-2.0
"""What is too much, too large or nowhere: told as problems, as our own code tells them."""
import unittest

from .deployed import ENVIRONMENT, READERS, deployed

# infra/lib/options.ts: posts.burst and throttle.burst.
POSTS_AT_ONCE, REQUESTS_AT_ONCE = 20, 200
LONG_ENOUGH = 10  # seconds, for all tokens to come again


class Limits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()

    def assert_problem(self, answer, status, name):
        self.assertEqual((answer.status, answer.headers["content-type"]), (status, "application/problem+json"), answer)
        self.assertEqual(answer.json()["type"], f"urn:palabre:problem:{name}")

    def test_the_key_of_the_pages_makes_so_many_posts_at_once_and_then_waits(self):
        headers = {"x-api-key": self.site.site_key}
        with self.site.clock.later(LONG_ENOUGH), self.site.clock.still():
            # Each by another reader, of whom our own code takes fewer.
            answers = [self.site.ask("POST", "/commentaires", {}, headers, next(READERS))
                       for _ in range(POSTS_AT_ONCE + 1)]
            self.assertEqual([each.status for each in answers], [422] * POSTS_AT_ONCE + [429])
            self.assert_problem(answers[-1], 429, "too-many-requests")
            self.assertEqual(answers[-1].headers["retry-after"], "1")
            self.assertEqual(answers[-1].headers["cache-control"], "no-store")
            # Readers are not slowed down by whoever posts.
            self.assertEqual(self.site.ask("GET", "/commentaires?sectionId=proof").status, 200)
        with self.site.clock.later(2 * LONG_ENOUGH):
            self.assertEqual(self.site.ask("POST", "/commentaires", {}, headers).status, 422)

    def test_the_stage_takes_so_much_at_once(self):
        secret = self.site.world.cloud.client("secretsmanager").get_secret_value(
            SecretId=f"palabre/{ENVIRONMENT}/edge-1")["SecretString"]
        with self.site.clock.later(LONG_ENOUGH), self.site.clock.still():
            answers = [self.site.ask_gateway("GET", "/live/missing-page/nowhere", {"Referer": secret})
                       for _ in range(REQUESTS_AT_ONCE + 1)]
        self.assertEqual([each.status for each in answers].count(429), 1)
        self.assert_problem(answers[-1], 429, "too-many-requests")
        self.assertEqual(answers[-1].headers["retry-after"], "1")

    def test_a_body_beyond_the_limit(self):
        draft = {"sectionId": "proof", "author": "Camille", "text": "x" * 100_000}
        answer = self.site.ask("POST", "/commentaires", draft, {"x-api-key": self.site.site_key})
        self.assert_problem(answer, 413, "body-too-large")

    def test_what_the_contract_does_not_have(self):
        for method, path in (("GET", "/commentaires/one/two"), ("PUT", "/commentaires"), ("DELETE", "/health"),
                             ("GET", "/moderation/nowhere")):
            with self.subTest(f"{method} {path}"):
                self.assert_problem(self.site.ask(method, path), 404, "unknown-route")


if __name__ == "__main__":
    unittest.main()
