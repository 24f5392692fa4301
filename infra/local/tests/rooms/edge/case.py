# SPDX-License-Identifier: Apache-2.0
"""An edge before an origin that the test speaks for, and a bucket of four files."""
import unittest

from localaws import policies
from localaws.edge import Edge, StoredObject
from localaws.http import Headers, Request, Response

from .. import synthesised

SITE = synthesised.stack("Site")
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
