# SPDX-License-Identifier: Apache-2.0
"""The table cannot be reached: what readers still see, and what they are told."""
import unittest
import uuid

from . import people
from .deployed import ENVIRONMENT, deployed
from .rights import without

ROLE = f"palabre-{ENVIRONMENT}-api"

# Longer than a page is fresh and than it is given while it is asked for anew; within the day of stale-if-error.
AN_HOUR, MORE_THAN_A_DAY = 3600, 90_000
# The edge keeps an error for ten seconds where the distribution names no other time.
ERRORS_FORGOTTEN = 11


class Outage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()

    def setUp(self):
        self.section = f"proof-{uuid.uuid4()}"
        self.path = f"/commentaires?sectionId={self.section}"
        self.assertEqual(self.site.post(self.section, "Before").status, 201)
        # What the edge keeps of later times must not outlive the test, whose clock goes back.
        self.addCleanup(lambda: self.site.world.edge.invalidate("/*"))

    def outage(self):
        return without(self.site, ROLE, "dynamodb:")

    def assert_problem(self, answer, status=503):
        self.assertEqual((answer.status, answer.headers["content-type"]), (status, "application/problem+json"), answer)
        self.assertEqual(answer.json()["status"], status)
        self.assertNotIn(b"AccessDenied", answer.body)

    def test_a_page_that_the_edge_has_kept_is_answered_for_a_day(self):
        before = self.site.ask("GET", self.path)
        with self.outage():
            for seconds in (AN_HOUR, 12 * AN_HOUR):
                with self.site.clock.later(seconds):
                    during = self.site.ask("GET", self.path)
                self.assertEqual((during.status, during.body), (200, before.body))
                self.assertGreaterEqual(int(during.headers["age"]), seconds)
            with self.site.clock.later(MORE_THAN_A_DAY):
                self.assert_problem(self.site.ask("GET", self.path))

    def test_a_page_that_nobody_has_asked_for_is_a_problem(self):
        with self.outage():
            answer = self.site.ask("GET", f"/commentaires?sectionId=proof-{uuid.uuid4()}")
        self.assert_problem(answer)
        self.assertIn("retry-after", answer.headers)

    def test_posts_edits_and_decisions_are_refused_and_none_is_lost_silently(self):
        posted = self.site.post(self.section, "To be changed").json()
        anna = people.sign_in(self.site, f"anna-{uuid.uuid4()}", "moderators").id_token
        token, edit = {"Authorization": anna}, {"edit-token": posted["editToken"]}
        with self.outage():
            for answer in (
                self.site.post(self.section, "During"),
                self.site.ask("PATCH", f"/commentaires/{posted['id']}", {"text": "Changed"}, edit),
                self.site.ask("DELETE", f"/commentaires/{posted['id']}", None, edit),
                self.site.ask("GET", f"/moderation/commentaires?sectionId={self.section}", None, token),
                self.site.ask("POST", "/moderation/decisions", {"ids": [posted["id"]], "decision": "spam"}, token),
            ):
                self.assert_problem(answer)
        with self.site.clock.later(ERRORS_FORGOTTEN):
            texts = [each["text"] for each in self.site.ask("GET", self.path).json()["comments"]]
        self.assertEqual(sorted(texts), ["Before", "To be changed"])

    def test_health_tells_whoever_asks_and_the_site_stands(self):
        with self.outage(), self.site.clock.later(ERRORS_FORGOTTEN):
            health = self.site.ask("GET", "/health")
            page = self.site.ask("GET", "/projets/")
        self.assertEqual((health.status, health.json()["checks"]["store"]["status"]), (503, "failing"))
        self.assertEqual(page.status, 200)
        with self.site.clock.later(2 * ERRORS_FORGOTTEN):
            self.assertEqual(self.site.ask("GET", "/health").json()["status"], "ok")

    def test_when_it_is_over_readers_see_new_comments_within_seconds(self):
        self.site.ask("GET", self.path)
        with self.outage(), self.site.clock.later(AN_HOUR):
            self.assertEqual(self.site.ask("GET", self.path).status, 200)
        self.assertEqual(self.site.post(self.section, "After").status, 201)
        with self.site.clock.later(AN_HOUR + ERRORS_FORGOTTEN):
            texts = [each["text"] for each in self.site.ask("GET", self.path).json()["comments"]]
        self.assertIn("After", texts)


if __name__ == "__main__":
    unittest.main()
