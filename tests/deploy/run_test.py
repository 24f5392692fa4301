# SPDX-License-Identifier: Apache-2.0
"""The whole of ./deploy, in a cloud where the stacks stand already; of the CDK only what needs no account."""

import http.server
import os
import pathlib
import subprocess
import tempfile
import threading

import ground
import look_test
from deploy import account, files

# The pinned one, where the machine's own is too old: ./deploy would put it before the pretended npx.
NODE = str(ground.ROOT / "build/tools/node/bin")


class Run(ground.InCloud):
    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.calls = self.folder / "cdk.calls"
        for region in (ground.REGION, "us-east-1"):
            self.aws("ssm", region).put_parameter(Name=account.BOOTSTRAP_PARAMETER, Value="30", Type="String")
        key = self.aws("apigateway").create_api_key(name="palabre-staging-site", enabled=True)
        self.make_stack("Data", {})
        self.make_stack("Api", {"SiteKeyId": key["id"]})
        self.make_stack("Site", {"Address": "https://d111.cloudfront.net/", "DistributionId": self.distribution(),
                                 "SignInPage": "https://sign.in/"})
        self.s3 = self.make_bucket(ground.NAMES["siteBucket"])
        self.key = key["value"]
        self.home = self.serve()
        (self.folder / "palabre.zip").write_bytes(b"PK\5\6" + bytes(18))

    def distribution(self):
        return self.aws("cloudfront").create_distribution(DistributionConfig={
            "CallerReference": "any", "Comment": "any", "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{"Id": "any", "DomainName": "any.s3.eu-west-3.amazonaws.com",
                                                  "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
            "DefaultCacheBehavior": {"TargetOriginId": "any", "ViewerProtocolPolicy": "allow-all"}}
        )["Distribution"]["Id"]

    def serve(self):
        home = http.server.ThreadingHTTPServer(("127.0.0.1", 0), look_test.Home)
        for name, value in {"comments": {}, "troubles": [], "posts": [], "deleted": 0, "status": 201, "tokens": True,
                            "key": self.key, "page_type": "text/html"}.items():
            setattr(home, name, value)
        threading.Thread(target=home.serve_forever, daemon=True).start()
        self.addCleanup(home.server_close)
        self.addCleanup(home.shutdown)
        return home

    def deploy(self, *words, **variables):
        """Ended process, its output with its errors."""
        return subprocess.run(
            [ground.ROOT / "deploy", "--no-install", *words], check=False, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
            env={**ground.KEYS, "HOME": os.environ["HOME"], "AWS_ENDPOINT_URL": self.url, "CDK_CALLS": str(self.calls),
                 "PATH": ":".join([str(pathlib.Path(__file__).parent / "pretenders"), NODE, str(self.folder / "bin"),
                                   os.environ["PATH"]]),
                 **variables})

    def brought(self, *words, **variables):
        return self.deploy("--code", str(self.folder / "palabre.zip"), "--address",
                           f"http://127.0.0.1:{self.home.server_port}", *words, **variables)

    def cdk(self):
        said = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [line.split(" cdk ")[1].split()[0] for line in said]

    def keys(self):
        listed = self.s3.list_objects_v2(Bucket=ground.NAMES["siteBucket"])
        return [each["Key"] for each in listed.get("Contents", [])]

    def secrets(self):
        return [each["Name"] for each in self.aws("ssm").describe_parameters()["Parameters"]
                if each["Type"] == "SecureString"]

    def test_functions_that_this_machine_cannot_build(self):
        uname = self.folder / "bin/uname"
        uname.parent.mkdir()
        uname.write_text("#!/bin/sh\necho aarch64\n", encoding="ascii")
        uname.chmod(0o755)
        ended = self.deploy("--yes", "--options", '{"architecture":"x86_64"}')
        self.assertEqual(ended.returncode, 3, ended.stdout)
        self.assertIn("the functions for x86_64 cannot be built on arm64", ended.stdout)
        self.assertNotIn("123456789012", ended.stdout)   # nobody was asked who we are
        self.assertEqual(self.cdk(), [])

    def test_from_end_to_end_and_once_more(self):
        ended = self.brought("--yes")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        for words in ["123456789012", "Api: 1 new", "page views a day", "encrypted by Systems Manager",
                      "posted and read back", "https://d111.cloudfront.net/", "https://sign.in/",
                      "#dashboards/dashboard/palabre-staging"]:
            self.assertIn(words, ended.stdout)
        self.assertEqual(self.cdk(), ["diff", "deploy"])
        self.assertIn(f"code={self.folder}/palabre.zip", self.calls.read_text())
        page = self.s3.get_object(Bucket=ground.NAMES["siteBucket"], Key="projets/index.html")
        self.assertEqual(page["CacheControl"], files.PAGES)
        text = page["Body"].read().decode()
        self.assertTrue(f' api-key="{self.key}">' in text)   # not assertIn, which would print the page
        self.assertTrue('<link rel="canonical" href="https://d111.cloudfront.net/projets">' in text)
        self.assertNotIn(self.key, ended.stdout)
        self.assertEqual((self.secrets(), self.home.comments), (["/palabre/staging/edit_secret"], {}))

        ended = self.brought("--yes", "--only-site")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertIn("0 of", ended.stdout)
        self.assertEqual(self.cdk(), ["diff", "deploy"])

    def test_a_plan_changes_nothing(self):
        ended = self.brought("--plan")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertEqual((self.cdk(), self.keys(), self.secrets()), (["diff"], [], []))

    def test_nothing_is_done_unless_somebody_says_yes(self):
        ended = self.brought()
        self.assertEqual(ended.returncode, 4, ended.stdout)
        self.assertIn("--yes", ended.stdout)
        self.assertEqual((self.cdk(), self.keys(), self.secrets()), (["diff"], [], []))

    def test_data_is_not_lost_by_a_yes(self):
        ended = self.brought("--yes", CDK_REPLACES="yes")
        self.assertEqual(ended.returncode, 4, ended.stdout)
        self.assertIn("--give-up Comments", ended.stdout)
        self.assertEqual(self.cdk(), ["diff"])

    def test_a_deployment_that_fails_leaves_the_site_as_it_was(self):
        ended = self.brought("--yes", CDK_FAILS="yes")
        self.assertEqual(ended.returncode, 1, ended.stdout)
        self.assertIn("CREATE_FAILED", ended.stdout)
        self.assertEqual(self.keys(), [])

    def test_a_site_that_is_not_well_fails(self):
        self.home.troubles = [("POST", "/commentaires", 422)]
        ended = self.brought("--yes")
        self.assertEqual(ended.returncode, 1, ended.stdout)

    def test_wrong_use(self):
        for words in [["--unheard"], ["--plan", "--rollback"], ["--environment"], ["--environment", "a/b"],
                      ["--code", "nowhere"]]:
            self.assertEqual(self.deploy(*words).returncode, 2, words)
        ended = self.deploy("--environment", "nowhere", "--rollback")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("there are: staging, production", ended.stdout)


if __name__ == "__main__":
    ground.unittest.main()
