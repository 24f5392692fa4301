# SPDX-License-Identifier: Apache-2.0
"""What is kept, under which key, and for how long."""
import threading
import time
import unittest

from localaws.edge.freshness import Lifetime, lifetime_of
from localaws.http import Headers, Response

from .case import SITE, EdgeCase, Origin


class Caching(EdgeCase):
    comments = "/commentaires?sectionId=a"

    def comes_for(self, seconds, **headers):
        self.gateway.says(**headers)
        self.assertEqual(self.cached(self.comments), "Miss")
        self.now += seconds

    def test_a_hit_says_its_age(self):
        self.comes_for(3, Cache_Control="public, max-age=0, s-maxage=5")
        answer = self.ask(self.comments)
        self.assertEqual((answer.headers.get("x-cache"), answer.headers.get("age")), ("Hit from cloudfront", "3"))
        self.assertEqual(answer.headers.get("cache-control"), "public, max-age=0, s-maxage=5")
        self.assertEqual(len(self.gateway.asked), 1)

    def test_what_may_not_be_kept_is_not(self):
        for control in ("no-store", "private, max-age=60", "no-cache"):
            self.gateway.says(Cache_Control=control)
            self.assertEqual([self.cached(self.comments) for _ in range(2)], ["Miss", "Miss"])

    def test_the_key_has_the_parameters_and_headers_that_the_policy_names(self):
        self.comes_for(0, Cache_Control="max-age=60")
        same = f"{self.comments}&utm=1", {"User-Agent": "other", "Cookie": "a=1", "Authorization": "t"}
        self.assertEqual(self.cached(*same), "Hit")
        for target, headers in ((f"{self.comments}&limit=2", {}), ("/commentaires?sectionId=b", {}),
                                (self.comments, {"Origin": "https://o.example"}),
                                (self.comments, {"Accept-Encoding": "gzip"}),
                                ("/commentaires/x?sectionId=a", {})):
            with self.subTest(target=target, headers=headers):
                self.assertEqual([self.cached(target, headers) for _ in range(2)], ["Miss", "Hit"])

    def test_nothing_of_one_person_is_shown_to_another(self):
        self.gateway.says(Cache_Control="max-age=60")
        self.assertEqual(self.cached("/moderation/audit", {"Authorization": "a"}), "Miss")
        self.assertEqual(self.cached("/moderation/audit", {"Authorization": "b"}), "Miss")
        self.now += 1.5  # kept for a second at most
        self.assertEqual(self.cached("/moderation/audit", {"Authorization": "a"}), "Miss")

    def test_head_is_answered_from_what_get_brought(self):
        self.comes_for(0, Cache_Control="max-age=60")
        self.assertEqual(self.cached(self.comments, method="HEAD"), "Hit")
        self.assertEqual(self.cached(self.comments, method="POST"), "Miss")

    def test_the_old_is_asked_after_and_kept_when_it_is_unchanged(self):
        self.comes_for(6, Cache_Control="max-age=5", ETag='"1"')
        self.gateway.says(304, b"", Cache_Control="max-age=7", ETag='"1"')
        answer = self.ask(self.comments)
        self.assertEqual((answer.status, answer.body), (200, b"{}"))
        self.assertEqual(answer.headers.get("x-cache"), "RefreshHit from cloudfront")
        self.assertEqual(self.gateway.asked[-1].headers.get("if-none-match"), '"1"')
        self.now += 6.5
        self.assertEqual(self.cached(self.comments), "Hit")

    def test_the_old_is_given_while_the_new_is_asked_for(self):
        self.comes_for(6, Cache_Control="max-age=5, stale-while-revalidate=10")
        self.gateway.says(body=b'{"new":1}', Cache_Control="max-age=5")
        answer = self.ask(self.comments)
        self.assertEqual((answer.body, answer.headers.get("x-cache")), (b"{}", "Hit from cloudfront"))
        until = time.monotonic() + 5
        while self.ask(self.comments).body == b"{}" and time.monotonic() < until:
            threading.Event().wait(0.01)
        self.assertEqual(self.ask(self.comments).body, b'{"new":1}')
        self.assertEqual(len(self.gateway.asked), 2)

    def test_the_old_is_better_than_an_error_for_a_while(self):
        self.comes_for(6, Cache_Control="max-age=5, stale-if-error=60")
        self.gateway.says(503, Cache_Control="no-store")
        self.assertEqual((self.ask(self.comments).status, self.cached(self.comments)), (200, "RefreshHit"))
        self.now += 60
        self.assertEqual((self.ask(self.comments).status, self.cached(self.comments)), (503, "Error"))

    def test_a_failure_is_told_to_nobody_else(self):
        self.gateway.says(503, Cache_Control="no-store")
        self.assertEqual(self.ask(self.comments).status, 503)
        self.gateway.says()
        self.assertEqual(self.ask(self.comments).status, 200)

    def test_other_errors_are_kept_for_ten_seconds(self):
        self.gateway.says(404)
        self.ask(self.comments)
        self.gateway.says()
        self.now += 9
        self.assertEqual(self.ask(self.comments).status, 404)
        self.now += 2
        self.assertEqual(self.ask(self.comments).status, 200)

    def test_an_invalidation_takes_paths_and_ends(self):
        self.gateway.says(Cache_Control="max-age=60")
        for path in ("/app.1a2b.js", self.comments):
            self.ask(path)
        self.assertEqual(self.edge.invalidate("/other", "/comm*"), 1)
        self.assertEqual((self.cached("/app.1a2b.js"), self.cached(self.comments)), ("Hit", "Miss"))
        self.assertEqual(self.edge.invalidate("/app.1a2b.js"), 1)
        self.assertEqual(self.edge.invalidate("/*"), 1)
        for bad in ("app.js", "/a*b"):
            with self.assertRaises(ValueError):
                self.edge.invalidate(bad)

    def test_what_is_kept_outlives_an_update(self):
        self.ask("/app.1a2b.js")
        gateway, self.gateway = self.gateway, Origin()
        self.edge.take(SITE, self.gateway)
        self.assertEqual(self.cached("/app.1a2b.js"), "Hit")
        self.ask("/health")
        self.assertEqual((len(gateway.asked), len(self.gateway.asked)), (0, 1))

    def test_files_that_say_nothing_are_kept_for_the_default_time(self):
        self.ask("/small.txt")
        self.now += 299
        self.assertEqual(self.cached("/small.txt?ignored"), "Hit")
        self.now += 2
        self.assertEqual(self.cached("/small.txt"), "RefreshHit")


class Times(unittest.TestCase):
    policy = {"MinTTL": 10, "DefaultTTL": 100, "MaxTTL": 1000}

    def test_table(self):
        expires = "Thu, 01 Jan 1970 00:01:30 GMT"
        for status, control, expected in (
            (200, None, 100), (200, "max-age=50", 50), (200, "max-age=5", 10), (200, "max-age=5000", 1000),
            (200, "max-age=5, s-maxage=60", 60), (200, "no-store", 10), (200, 'Max-Age = "70"', 70),
            (201, "max-age=60", 0), (404, None, 10), (404, "no-store", 0), (404, "max-age=60", 60),
            (410, "max-age=5", 10), (500, "no-store", 10), (503, "max-age=5000", 1000), (403, None, 0),
            (403, "max-age=60", 60), (403, "no-store", 0), (401, "max-age=60", 0), (429, None, 0), (422, None, 0),
        ):
            with self.subTest(status=status, control=control):
                headers = Headers([("cache-control", control)] if control else [])
                found = lifetime_of(Response(status, headers), self.policy, {}, 0)
                self.assertEqual((found.fresh, found.is_kept), (expected, expected > 0))
        told = Response(200, Headers([("Expires", expires)]))
        self.assertEqual(lifetime_of(told, self.policy, {}, 0).fresh, 90)

    def test_the_longest_time_bounds_what_is_stale_too(self):
        told = Response(200, Headers([("cache-control", "max-age=900, stale-while-revalidate=500, stale-if-error=50")]))
        self.assertEqual(lifetime_of(told, self.policy, {}, 0), Lifetime(True, 900, 100, 50))


if __name__ == "__main__":
    unittest.main()
