# SPDX-License-Identifier: Apache-2.0
"""Files of the bucket: which one a path is, and in what form a reader gets it."""
import gzip
import json
import unittest
from dataclasses import replace

from localaws.edge import StoredObject
from localaws.templates.stack import Resource

from .. import synthesised
from .case import PAGE, SITE, EdgeCase


class Files(EdgeCase):
    def test_folders_are_their_index(self):
        for target, key in (("/", "index.html"), ("/projets/", "projets/index.html"), ("/small.txt", "small.txt")):
            answer = self.ask(target)
            self.assertEqual((answer.status, answer.body), (200, self.objects[key].body))
        moved = self.ask("/projets?a=%20b&a=2&c")
        self.assertEqual((moved.status, moved.headers.get("location")), (302, "/projets/?a=%20b&a=2&c"))
        self.assertEqual(moved.headers.get("x-cache"), "FunctionGeneratedResponse from cloudfront")
        self.assertEqual(self.ask("//elsewhere.example/x").headers.get("location"), "/elsewhere.example/x/")

    def test_what_is_missing_is_the_gateways_page(self):
        answer = self.ask("/none.html?x=1")
        self.assertEqual((answer.status, answer.body), (404, b"<p>none</p>"))
        self.assertEqual(answer.headers.get("x-cache"), "Error from cloudfront")
        self.assertEqual(self.gateway.asked[0].target, "/live/missing-page/none.html")
        self.assertEqual(self.gateway.asked[0].headers.get("referer"), synthesised.EDGE_SECRET)
        self.assertIn("content-security-policy", answer.headers)

    def test_headers_are_those_of_the_policy(self):
        answer = self.ask("/")
        self.assertIn("default-src 'none'", answer.headers.get("content-security-policy"))
        self.assertEqual(answer.headers.get("strict-transport-security"), "max-age=86400")
        self.assertEqual(answer.headers.get("cross-origin-opener-policy"), "same-origin")
        self.assertEqual(answer.headers.get("cache-control"), "public, max-age=0, stale-if-error=60")

    def test_the_bucket_opens_to_this_distribution_alone(self):
        policy = SITE.one("AWS::S3::BucketPolicy")
        document = json.loads(json.dumps(policy.properties["PolicyDocument"]).replace("/E1LOCAL", "/EOTHER"))
        other = Resource(policy.logical, policy.type, {**policy.properties, "PolicyDocument": document}, policy.ref, {})
        edge = self.make(replace(SITE, resources={**SITE.resources, policy.logical: other}))
        self.assertEqual((self.ask("/", edge=edge).status, self.reads), (404, []))  # 403, and then the missing page
        control = "AWS::CloudFront::OriginAccessControl"
        unsigned = {key: each for key, each in SITE.resources.items() if each.type != control}
        edge = self.make(replace(SITE, resources=unsigned))
        self.assertEqual((self.ask("/", edge=edge).status, self.reads), (404, []))

    def test_conditions_and_parts(self):
        tag = self.ask("/small.txt").headers.get("etag")
        unchanged = self.ask("/small.txt", {"If-None-Match": f'"x", W/{tag}'})
        self.assertEqual((unchanged.status, unchanged.body, unchanged.headers.get("etag")), (304, b"", tag))
        self.assertEqual(self.ask("/small.txt", {"If-None-Match": '"x"'}).status, 200)
        modified = self.ask("/small.txt").headers.get("last-modified")
        self.assertEqual(self.ask("/small.txt", {"If-Modified-Since": modified}).status, 304)
        for asked, status, body in (("bytes=2-4", 206, b"234"), ("bytes=7-", 206, b"789"), ("bytes=-3", 206, b"789"),
                                    ("bytes=5-99", 206, b"56789"), ("bytes=10-", 416, b""), ("bytes=-0", 416, b""),
                                    ("bytes=1-2,4-5", 200, b"0123456789"), ("lines=1-2", 200, b"0123456789")):
            with self.subTest(asked):
                answer = self.ask("/small.txt", {"Range": asked})
                self.assertEqual((answer.status, answer.body), (status, body))
        answer = self.ask("/small.txt", {"Range": "bytes=2-4", "If-Range": '"old"'})
        self.assertEqual((answer.status, answer.body), (200, b"0123456789"))

    def test_texts_are_compressed_when_it_is_worth_it(self):
        answer = self.ask("/", {"Accept-Encoding": "gzip, deflate"})
        self.assertEqual((answer.headers.get("content-encoding"), gzip.decompress(answer.body)), ("gzip", PAGE))
        self.assertEqual((answer.headers.get("etag"), answer.headers.get("vary")), ('W/"i1"', "Accept-Encoding"))
        for headers in ({}, {"Accept-Encoding": "gzip;q=0"}, {"Accept-Encoding": "identity"}):
            self.assertNotIn("content-encoding", self.ask("/", headers).headers)
        self.assertNotIn("content-encoding", self.ask("/small.txt", {"Accept-Encoding": "gzip"}).headers)
        self.objects["photo.png"] = StoredObject(b"p" * 5000, '"f"', headers=(("Content-Type", "image/png"),))
        self.assertNotIn("content-encoding", self.ask("/photo.png", {"Accept-Encoding": "gzip"}).headers)


if __name__ == "__main__":
    unittest.main()
