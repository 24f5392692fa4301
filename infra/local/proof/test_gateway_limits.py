# SPDX-License-Identifier: Apache-2.0
"""What is too much, too large or nowhere: told as problems, as our own code tells them."""
import unittest

from .deployed import ENVIRONMENT, READERS, deployed

# infra/lib/options.ts: posts.burst and throttle.burst.
POSTS_AT_ONCE, REQUESTS_AT_ONCE = 20, 200
# Until the buckets of both are full again.
A_WHILE = 10


class Limits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()

    def assert_problem(self, answer, status, name):
        self.assertEqual((answer.status, answer.headers["content-type"]), (status, "application/problem+json"), answer)
        self.assertEqual(answer.json()["type"], f"urn:palabre:problem:{name}")

    def test_the_key_of_the_pages_makes_so_many_posts_at_once_and_then_waits(self):
        with self.site.clock.later(A_WHILE), self.site.clock.stopped():
            answers = [self.post_nothing() for _ in range(POSTS_AT_ONCE + 1)]
            # Readers are not slowed down by whoever posts.
            self.assertEqual(self.site.ask("GET", "/commentaires?sectionId=proof").status, 200)
        self.assertEqual([each.status for each in answers], [422] * POSTS_AT_ONCE + [429])
        self.assert_throttled(answers[-1])
        with self.site.clock.later(2 * A_WHILE):
            self.assertEqual(self.post_nothing().status, 422)

    def test_the_stage_takes_so_much_at_once(self):
        secret = self.site.world.cloud.client("secretsmanager").get_secret_value(
            SecretId=f"palabre/{ENVIRONMENT}/edge-1")["SecretString"]
        def ask():
            return self.site.ask_gateway("GET", "/live/missing-page/x", {"Referer": secret})

        with self.site.clock.later(A_WHILE), self.site.clock.stopped():
            answers = [ask() for _ in range(REQUESTS_AT_ONCE + 1)]
        self.assertNotIn(429, [each.status for each in answers[:-1]])
        self.assert_throttled(answers[-1])
        with self.site.clock.later(2 * A_WHILE):
            self.assertEqual(ask().status, 404)

    def post_nothing(self):
        """Each by another reader: our own code slows down one that posts much."""
        return self.site.ask("POST", "/commentaires", {}, {"x-api-key": self.site.site_key}, next(READERS))

    def assert_throttled(self, answer):
        self.assert_problem(answer, 429, "too-many-requests")
        self.assertEqual((answer.headers["retry-after"], answer.headers["cache-control"]), ("1", "no-store"))

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
