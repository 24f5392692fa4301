# SPDX-License-Identifier: Apache-2.0
"""What reaches the origin, and what it says to other sites on its way back."""
import threading
import unittest

from localaws import policies
from localaws.edge.response_headers import apply
from localaws.gateway import Gateway
from localaws.http import Headers, Request, Response

from .. import synthesised
from .case import SITE, EdgeCase, Origin


class Forwarding(EdgeCase):
    def test_the_gateway_gets_what_the_policies_name(self):
        self.ask("/commentaires/a/b?z=1&sectionId=s", {
            "Host": "example.org", "User-Agent": "Firefox", "Cookie": "a=b", "Referer": "https://example.org/",
            "Accept": "*/*",
            "Edit-Token": "t", "X-Api-Key": "k", "Content-Type": "application/json", "Origin": "https://o.example",
            "CloudFront-Viewer-Address": "6.6.6.6:1", "X-Forwarded-For": "1.2.3.4", "Authorization": "secret",
        }, method="PATCH", body=b"{}")
        [asked] = self.gateway.asked
        self.assertEqual((asked.method, asked.body), ("PATCH", b"{}"))
        self.assertEqual(asked.target, "/live/commentaires/a/b?z=1&sectionId=s")
        got = {name.lower(): value for name, value in asked.headers}
        self.assertTrue(got.pop("via").endswith("(CloudFront)"))
        self.assertTrue(got.pop("x-amz-cf-id"))
        self.assertEqual(got, {
            "host": Origin.host, "user-agent": "Amazon CloudFront", "edit-token": "t", "x-api-key": "k",
            "content-type": "application/json", "origin": "https://o.example", "referer": synthesised.EDGE_SECRET,
            "cloudfront-viewer-address": "203.0.113.9:4711", "x-forwarded-for": "1.2.3.4, 203.0.113.9",
        })

    def test_a_token_goes_where_it_is_part_of_the_key(self):
        for path, passed in (("/moderation/audit", "t"), ("/commentaires", None)):
            self.ask(path, {"Authorization": "t"})
            self.assertEqual(self.gateway.asked[-1].headers.get("authorization"), passed)

    def test_an_origin_that_is_too_slow_is_given_up(self):
        over = threading.Event()
        self.addCleanup(over.set)
        config = SITE.one("AWS::CloudFront::Distribution").properties["DistributionConfig"]
        origin = config["Origins"][2]["CustomOriginConfig"]
        self.addCleanup(origin.update, OriginReadTimeout=origin["OriginReadTimeout"])
        origin["OriginReadTimeout"] = 0.05
        self.gateway.answer = lambda: over.wait(10) and Response(200)
        self.assertEqual(self.ask("/health").status, 504)


class HeadersPolicies(unittest.TestCase):
    def test_the_origins_word_counts_where_the_policy_lets_it(self):
        policy = {
            "RemoveHeadersConfig": {"Items": [{"Header": "X-Powered-By"}]},
            "SecurityHeadersConfig": {"FrameOptions": {"FrameOption": "DENY", "Override": False}},
            "CustomHeadersConfig": {"Items": [{"Header": "a", "Value": "2", "Override": True}]},
            "CorsConfig": {
                "AccessControlAllowOrigins": {"Items": ["https://o.example"]}, "OriginOverride": False,
                "AccessControlAllowCredentials": False, "AccessControlAllowMethods": {"Items": ["GET", "PUT"]},
                "AccessControlAllowHeaders": {"Items": ["*"]}, "AccessControlMaxAgeSec": 60},
        }
        headers = Headers([("x-frame-options", "SAMEORIGIN"), ("A", "1"), ("x-powered-by", "us")])
        apply(policy, headers, Request("GET", "/", Headers([("Origin", "https://o.example")])))
        self.assertEqual(dict(headers), {
            "x-frame-options": "SAMEORIGIN", "a": "2", "access-control-allow-origin": "https://o.example"})
        for origin, own in (("https://other.example", []), ("https://o.example", [("access-control-max-age", "1")])):
            headers = Headers(own)
            apply({"CorsConfig": policy["CorsConfig"]}, headers, Request("GET", "/", Headers([("Origin", origin)])))
            self.assertEqual(list(headers), own)
        with self.assertRaises(NotImplementedError):
            apply({"ServerTimingHeadersConfig": {}}, Headers(), Request("GET", "/"))


class OtherSites(EdgeCase):
    """An environment whose comments pages of another site show, and which asks for keys of its own."""

    options = {"allowedOrigins": ("https://blog.example",), "posting": "own-key"}

    def test_they_may_load_scripts_and_read_what_the_gateway_says(self):
        edge = self.make(synthesised.stack("Site", **self.options))
        for path, shared in (("/app.1a2b.js", "*"), ("/small.txt", None)):
            answer = self.ask(path, {"Origin": "https://blog.example"}, edge=edge)
            self.assertEqual((answer.status, answer.headers.get("access-control-allow-origin")), (200, shared))
        stack = synthesised.stack("Api", **self.options)
        gateway = Gateway(stack, None, jwks_for=lambda _: {"keys": []}, policies=policies)
        sent = Headers([("Referer", synthesised.EDGE_SECRET)])
        answer = gateway.handle(Request("GET", "/live/commentaires", sent))
        self.assertEqual((answer.status, answer.headers.get("access-control-allow-origin")),
                         (400, "https://blog.example"))


if __name__ == "__main__":
    unittest.main()
