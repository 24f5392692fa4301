# SPDX-License-Identifier: Apache-2.0
import gzip
import http.client
import json
import ssl
import threading
import time
import unittest

from localaws import policies
from localaws.edge import Edge, StoredObject
from localaws.edge.behaviours import matches
from localaws.edge.freshness import Lifetime, lifetime_of
from localaws.edge.response_headers import apply
from localaws.gateway import ApiKey, Gateway
from localaws.http import Headers, Request, Response
from localaws.templates.stack import Resource, Stack

from . import synthesised
from . import backend

SITE, API = synthesised.stack("Site"), synthesised.stack("Api")
BUCKET = SITE.one("AWS::S3::Bucket").ref
PAGE = b"<!doctype html>" + b"<p>Bonjour</p>" * 200
HTML = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, max-age=0, stale-if-error=60"))
FOR_EVER = (("Content-Type", "text/javascript"), ("Cache-Control", "public, max-age=31536000, immutable"))
FOR_A_MINUTE = Headers([("Content-Type", "text/html"), ("Cache-Control", "public, max-age=60")])
MISSING = Response(404, FOR_A_MINUTE, b"<p>none</p>")


class Origin:
    """In the place of the gateway."""
    host = "a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com"

    def __init__(self):
        self.asked, self.answer = [], Response(200, Headers(), b"{}")

    def handle(self, request):
        self.asked.append(request)
        told = MISSING if request.path.startswith("/live/missing-page/") else self.answer
        told = told() if callable(told) else told
        return Response(told.status, told.headers.copy(), told.body)

    def says(self, status=200, body=b"{}", **headers):
        fields = {"Content-Type": "application/json", **{name.replace("_", "-"): of for name, of in headers.items()}}
        self.answer = Response(status, Headers(fields.items()), body)


class EdgeCase(unittest.TestCase):
    def setUp(self):
        self.gateway, self.now = Origin(), 1_800_000_000.0
        self.objects = {
            "index.html": StoredObject(PAGE, '"i1"', headers=HTML),
            "projets/index.html": StoredObject(PAGE, '"p1"', headers=HTML),
            "app.1a2b.js": StoredObject(b"let a = 1;" * 200, '"a1"', headers=FOR_EVER),
            "small.txt": StoredObject(b"0123456789", '"s1"', headers=(("Content-Type", "text/plain"),)),
        }
        self.reads = []
        self.edge = self.make(SITE)

    def make(self, stack):
        edge = Edge(stack, self.gateway, self.read, policies=policies, clock=lambda: self.now)
        self.addCleanup(edge.close)
        return edge

    def read(self, bucket, key):
        self.assertEqual(bucket, BUCKET)
        self.reads.append(key)
        return self.objects.get(key)

    def ask(self, target, headers=None, method="GET", body=b"", edge=None, **more):
        more = {"source_ip": "203.0.113.9", "source_port": 4711, **more}
        return (edge or self.edge).handle(Request(method, target, Headers((headers or {}).items()), body, **more))

    def cached(self, target, headers=None, **more):
        return self.ask(target, headers, **more).headers.get("x-cache").removesuffix(" from cloudfront")


class Doors(EdgeCase):
    def test_patterns(self):
        for pattern, path, fits in (("/commentaires", "/commentaires", True),
                                    ("/commentaires", "/commentaires/", False), ("/commentaires/*", "/commentaires/a/b", True),
                                    ("*.js", "/x/app.js", True),
                                    ("*.js", "/app.jsx", False), ("/a?c", "/abc", True), ("/HEALTH", "/health", False)):
            with self.subTest(pattern=pattern, path=path):
                self.assertEqual(matches(pattern, path), fits)

    def test_methods_that_a_behaviour_does_not_have_are_refused(self):
        self.assertEqual(self.ask("/", method="POST").status, 403)
        self.assertEqual(self.ask("/commentaires", method="POST").status, 200)
        self.assertEqual(self.ask("/commentaires", method="TRACE").status, 403)

    def test_pages_move_to_https_and_the_api_has_nothing_else(self):
        moved = self.ask("/projets/?a=1", {"Host": f"localhost:{self.edge.http}"}, is_secure=False)
        there = f"https://localhost:{self.edge.https}/projets/?a=1"
        self.assertEqual((moved.status, moved.headers.get("location")), (301, there))
        self.assertEqual(moved.headers.get("x-cache"), "Redirect from cloudfront")
        moved = self.ask("/projets/", {"Host": self.edge.domain}, is_secure=False)
        self.assertEqual(moved.headers.get("location"), f"https://{self.edge.domain}/projets/")
        self.assertEqual(self.ask("/commentaires?sectionId=a", is_secure=False).status, 403)
        self.assertEqual((self.gateway.asked, self.reads), ([], []))


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
        edge = self.make(Stack(SITE.name, SITE.region, resources={**SITE.resources, policy.logical: other}))
        self.assertEqual((self.ask("/", edge=edge).status, self.reads), (404, []))  # 403, and then the missing page
        control = "AWS::CloudFront::OriginAccessControl"
        unsigned = {key: each for key, each in SITE.resources.items() if each.type != control}
        edge = self.make(Stack(SITE.name, SITE.region, resources=unsigned))
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


class Connections(EdgeCase):
    def test_it_listens_by_both_and_keeps_connections(self):
        plain = http.client.HTTPConnection("localhost", self.edge.http)
        self.addCleanup(plain.close)
        plain.request("GET", "/")
        self.assertEqual(self.whole(plain).status, 301)
        trusted = ssl.create_default_context(cafile=str(self.edge.trust))
        secure = http.client.HTTPSConnection("localhost", self.edge.https, context=trusted)
        self.addCleanup(secure.close)
        for method, length in (("GET", len(PAGE)), ("HEAD", 0), ("GET", len(PAGE))):
            secure.request(method, "/")
            connection = secure.sock
            answer = self.whole(secure)
            self.assertEqual((answer.status, len(answer.whole)), (200, length))
            self.assertEqual(answer.getheader("content-length"), str(len(PAGE)))
            self.assertIs(secure.sock, connection)

    def whole(self, connection):
        answer = connection.getresponse()
        answer.whole = answer.read()
        return answer


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
        self.assertEqual((answer.status, answer.headers.get("access-control-allow-origin")), (400, "https://blog.example"))


class TheWholeWay(unittest.TestCase):
    """Reader, edge, gateway, function, DynamoDB."""

    @classmethod
    def setUpClass(cls):
        cls.functions = backend.functions("Api")
        cls.addClassCleanup(cls.functions.close)
        key = ApiKey("k", "the-key", True, frozenset({API.one("AWS::ApiGateway::UsagePlan").ref}))
        gateway = Gateway(API, cls.functions, jwks_for=lambda _: {"keys": []}, policies=policies, api_keys=lambda: [key])
        cls.edge = Edge(SITE, gateway, lambda *_: None, policies=policies)
        cls.addClassCleanup(cls.edge.close)
        cls.trusted = ssl.create_default_context(cafile=str(cls.edge.trust))

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPSConnection("localhost", self.edge.https, context=self.trusted)
        self.addCleanup(connection.close)
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Content-Type": "application/json", **more}
        connection.request(method, path, body and json.dumps(body), sent)
        answer = connection.getresponse()
        return answer, answer.read()

    def test_a_comment_goes_the_whole_way_and_is_kept(self):
        origin = f"https://{self.edge.domain}"
        comment = {"sectionId": "whole-way", "author": "Zoé", "text": "Bonjour"}
        answer, made = self.ask("POST", "/commentaires", comment, x_api_key="the-key", Origin=origin)
        self.assertEqual(answer.status, 201, made)
        self.assertEqual(answer.getheader("x-cache"), "Miss from cloudfront")
        answer, page = self.ask("GET", "/commentaires?sectionId=whole-way")
        self.assertEqual((answer.status, answer.getheader("x-cache")), (200, "Miss from cloudfront"))
        self.assertEqual([each["author"] for each in json.loads(page)["comments"]], ["Zoé"])
        self.assertEqual(answer.getheader("strict-transport-security"), "max-age=86400")
        answer, again = self.ask("GET", "/commentaires?sectionId=whole-way&utm=1")
        self.assertEqual((answer.getheader("x-cache"), again), ("Hit from cloudfront", page))

    def test_other_sites_may_not_post(self):
        comment = {"sectionId": "whole-way", "author": "Zoé", "text": "Bonjour"}
        answer, told = self.ask("POST", "/commentaires", comment, x_api_key="the-key", Origin="https://other.example")
        self.assertEqual((answer.status, json.loads(told)["type"]), (403, "urn:palabre:problem:origin-refused"))

    def test_missing_pages_and_missing_routes_are_two_things(self):
        answer, page = self.ask("GET", "/nowhere.html")
        self.assertEqual((answer.status, answer.getheader("content-type")), (404, "text/html; charset=utf-8"))
        self.assertIn(b"<!doctype html>", page)
        answer, told = self.ask("GET", "/moderation/nowhere")
        self.assertEqual((answer.status, json.loads(told)["type"]), (404, "urn:palabre:problem:unknown-route"))
        answer, told = self.ask("GET", "/moderation/commentaires")
        self.assertEqual((answer.status, json.loads(told)["type"]), (401, "urn:palabre:problem:key-required"))

    def test_health(self):
        answer, told = self.ask("GET", "/health")
        self.assertEqual((answer.status, json.loads(told)["status"]), (200, "ok"))


if __name__ == "__main__":
    unittest.main()
