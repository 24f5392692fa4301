# SPDX-License-Identifier: Apache-2.0
"""A server that stands for AWS, and an environment in it. The tests run in whatever Python has boto3, the
distribution's old one, too; the server in the Python of build/tools/moto."""

import contextlib
import dataclasses
import io
import json
import os
import pathlib
import subprocess
import sys
import unittest
import unittest.mock
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from deploy import environment  # noqa: E402  what the path above is for

REGION, ACCOUNT = "eu-west-3", "123456789012"   # moto's own account
KEYS = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
OPTIONS = {"environment": "staging", "region": REGION, "posting": "gateway-key", "waf": "none", "probe": False,
           "priceClass": "100", "release": "at-once", "architecture": "arm64"}
NAMES = {
    "table": "CommentairesAlternance-staging", "parameters": "/palabre/staging/",
    "edgeSecret": "palabre/staging/edge-1",
    "siteBucket": f"palabre-staging-site-{ACCOUNT}", "backupBucket": f"palabre-staging-backup-{ACCOUNT}",
    "logBucket": f"palabre-staging-logs-{ACCOUNT}", "apiFunction": "palabre-staging-api", "alias": "live",
    "userPool": "palabre-staging", "dashboard": "palabre-staging", "deploymentApplication": "palabre-staging",
}
STAGING = environment.Environment("staging", ACCOUNT, OPTIONS, NAMES)


def staging(**options):
    return dataclasses.replace(STAGING, options={**OPTIONS, **options})


def start_moto(test_class) -> str:
    """The address of a server that lives as long as the tests of the class. It asks for no rights."""
    server = subprocess.Popen([ROOT / "build/tools/moto/bin/python", ROOT / "tests/support/moto_server.py"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              env={name: value for name, value in os.environ.items() if not name.startswith("AWS_")})
    test_class.addClassCleanup(server.communicate)   # it ends when its input does
    # By its name, as the CDK wants it: what begins with a number would be taken for a bucket.
    url = f"http://localhost:{json.loads(server.stdout.readline())['port']}"
    post(url + "/moto-api/reset-auth", b"inf")
    return url


def post(url: str, body: bytes = b"") -> None:
    urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "text/plain"}), timeout=60).close()


class InCloud(unittest.TestCase):
    """Each test begins with an empty account."""

    @classmethod
    def setUpClass(cls):
        cls.url = start_moto(cls)

    def setUp(self):
        self.enterContext(unittest.mock.patch.dict(os.environ, {**KEYS, "AWS_ENDPOINT_URL": self.url}))
        post(self.url + "/moto-api/reset")

    def aws(self, service: str, region: str = REGION):
        """A client that may call anything."""
        import boto3
        return boto3.client(service, region_name=region, endpoint_url=self.url, aws_access_key_id="any",
                            aws_secret_access_key="any")

    def make_bucket(self, name: str, **more):
        s3 = self.aws("s3")
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}, **more)
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return s3

    def make_stack(self, part: str, outputs: dict[str, str], environment: str = "staging"):
        """A stack that has nothing but what it says of itself."""
        name = f"Palabre-{environment}-{part}"
        template = {"Resources": {"Mark": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": name}}},
                    "Outputs": {key: {"Value": value} for key, value in outputs.items()}}
        self.aws("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template))


class Spoken:
    """What was said to the person at the keyboard."""

    def __init__(self):
        self.output = io.StringIO()

    def __enter__(self):
        self._redirected = contextlib.redirect_stdout(self.output)
        self._redirected.__enter__()
        return self

    def __exit__(self, *what):
        self._redirected.__exit__(*what)

    def __str__(self):
        return self.output.getvalue()
