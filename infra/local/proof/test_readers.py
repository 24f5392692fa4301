# SPDX-License-Identifier: Apache-2.0
"""What readers and authors meet at the public address."""
import unittest
import uuid

from .deployed import deployed


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()

    def test_a_page_comes_from_the_bucket_with_the_headers_of_the_edge(self):
        page = self.site.ask("GET", "/projets/")
        self.assertEqual(page.status, 200)
        self.assertIn(b"<palabre-comments", page.body)
        self.assertIn("default-src 'none'", page.headers["content-security-policy"])
        self.assertEqual(page.headers["x-content-type-options"], "nosniff")
        self.assertIn("max-age=", page.headers["strict-transport-security"])
        self.assertEqual(page.headers["content-type"], "text/html; charset=utf-8")

    def test_the_page_has_the_key_of_the_usage_plan(self):
        self.assertIn(self.site.site_key.encode(), self.site.ask("GET", "/projets/").body)

    def test_a_comment_is_posted_and_read_and_kept_by_the_edge_for_a_moment(self):
        section = f"proof-{uuid.uuid4()}"
        posted = self.site.post(section, "Un *mot* pour `SELECT * FROM mots`")
        self.assertEqual(posted.status, 201, posted.body)
        path = f"/commentaires?sectionId={section}"
        first, second = self.site.ask("GET", path), self.site.ask("GET", path)
        self.assertEqual([each["id"] for each in first.json()["comments"]], [posted.json()["id"]])
        self.assertIn("<em>mot</em>", first.json()["comments"][0]["html"])
        self.assertIn("stale-if-error", first.headers["cache-control"])
        self.assertEqual((first.headers["x-cache"], second.headers["x-cache"]),
                         ("Miss from cloudfront", "Hit from cloudfront"))
        self.assertEqual(first.body, second.body)

    def test_posts_without_the_key_are_refused_by_the_gateway_as_our_code_would(self):
        refused = self.site.ask("POST", "/commentaires", {"sectionId": "a", "author": "b", "text": "c"})
        self.assertEqual(refused.status, 401)
        self.assertEqual(refused.headers["content-type"], "application/problem+json")
        self.assertEqual(refused.json()["status"], 401)

    def test_what_the_gateway_lacks_and_what_the_function_lacks_are_problems_and_never_a_page(self):
        for path in ("/commentaires", "/commentaires/0190b3c0-0000-7000-8000-000000000000", "/moderation/nowhere"):
            with self.subTest(path):
                answer = self.site.ask("GET", path)
                self.assertIn(answer.status, (400, 401, 403, 404))
                self.assertEqual(answer.headers["content-type"], "application/problem+json")

    def test_an_address_that_the_bucket_lacks_is_answered_with_the_page_of_the_site(self):
        missing = self.site.ask("GET", "/nulle/part/")
        self.assertEqual(missing.status, 404)
        self.assertTrue(missing.headers["content-type"].startswith("text/html"))
        self.assertIn("default-src 'none'", missing.headers["content-security-policy"])

    def test_nobody_reaches_the_gateway_but_through_the_edge(self):
        for headers in ({}, {"Referer": "guessed"}):
            answer = self.site.ask_gateway("GET", "/live/health", headers)
            self.assertEqual(answer.status, 403)
            self.assertEqual(answer.json()["status"], 403)

    def test_what_a_reader_says_of_referer_and_address_is_replaced(self):
        forged = self.site.ask("GET", "/health", headers={"Referer": "forged", "CloudFront-Viewer-Address": "1.2.3.4:5"})
        self.assertEqual(forged.status, 200)

    def test_health_and_what_it_looked_at(self):
        health = self.site.ask("GET", "/health")
        self.assertEqual((health.status, health.json()["status"]), (200, "ok"))

    def test_other_origins_are_refused_and_told_by_the_gateway_too(self):
        preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
        answer = self.site.ask("OPTIONS", "/commentaires", headers=preflight)
        self.assertNotIn("access-control-allow-origin", answer.headers)
        own = self.site.ask("OPTIONS", "/commentaires", headers=preflight | {"Origin": f"https://{self.site.host}"})
        self.assertEqual(own.headers["access-control-allow-origin"], f"https://{self.site.host}")


if __name__ == "__main__":
    unittest.main()
