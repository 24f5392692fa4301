# SPDX-License-Identifier: Apache-2.0
"""New versions, and the way back."""
import re
import tempfile
import unittest
import uuid
from pathlib import Path

from localaws.services import ACCOUNT

from . import archives, backups, github
from .asked import provoking
from .deployed import ENVIRONMENT, deployed

API = f"palabre-{ENVIRONMENT}-api"
SITE = f"palabre-{ENVIRONMENT}-site-{ACCOUNT}"
ROLE = f"palabre-{ENVIRONMENT}-github"
CLAIMS = {"iss": "https://token.actions.githubusercontent.com", "aud": "sts.amazonaws.com",
          "sub": f"repo:ines/portfolio:environment:{ENVIRONMENT}"}
PAGE = "projets/index.html"

# What is broken here stays so: nobody has to wait for the minutes that CloudFront would need.
PATIENCE = ("--patience", "20")
# The edge keeps an error for ten seconds where the distribution names no other time.
ERRORS_FORGOTTEN = 11


class Release(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()
        cls.cloud = cls.site.world.cloud
        cls.s3, cls.functions = cls.cloud.client("s3"), cls.cloud.client("lambda")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)

    def live(self):
        return self.functions.get_alias(FunctionName=API, Name="live")["FunctionVersion"]

    def point_to(self, version):
        """Whatever a test has left, the others begin with a version that works."""
        self.functions.update_alias(FunctionName=API, Name="live", FunctionVersion=version)

    def answering(self):
        """The version that answers a request: Lambda writes it into the log."""
        self.assertEqual(self.site.post(f"proof-{uuid.uuid4()}", "Which one?").status, 201)
        self.site.world.logs.settle()
        found = self.cloud.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{API}")["events"]
        begun = [each for each in found if each["message"].startswith("START")]
        latest = max(begun, key=lambda each: each["timestamp"])
        return re.search(r"Version: (\S+)", latest["message"])[1]

    def objects(self):
        return {each["Key"]: (each["ETag"], each["LastModified"])
                for each in self.s3.list_objects_v2(Bucket=SITE)["Contents"]}

    def test_a_new_version_comes_by_a_workflow_and_rollback_takes_it_back(self):
        before = self.live()
        other = archives.with_another_member(self.folder / "another.zip")
        since = len(self.cloud.judged)
        self.site.deploy(*PATIENCE, code=other, credentials=github.assume(self.site, CLAIMS, ROLE))
        refused = {(each.principal, each.action, each.resource)
                   for each in self.cloud.judged[since:] if not each.allowed}
        # The CDK would rather look by a role of its own, which may read data; it goes on without.
        self.assertEqual({each[1] for each in refused} - {"sts:AssumeRole"}, set(), refused)
        self.assertTrue(all("lookup-role" in each[2] for each in refused), refused)
        after = self.live()
        self.assertGreater(int(after), int(before))
        self.assertEqual(self.answering(), after)

        told = self.site.deploy("--rollback")
        self.assertIn(f"from version {after} back to {before}", told.stdout)
        self.assertEqual((self.live(), self.answering()), (before, before))

    def test_broken_versions_are_told_and_rollback_heals(self):
        before = self.live()
        self.addCleanup(self.point_to, before)
        broken = archives.that_ends_at_once(self.folder / "broken.zip")
        with provoking(self.site.world):
            told = self.site.deploy(*PATIENCE, code=broken, expect=1)
            self.assertRegex(told.stderr, r"Not well after 20 seconds: GET /health was answered 50\d")
            self.assertNotIn("Traceback", told.stderr)
            dead = self.live()
            self.assertNotEqual(dead, before)
            answer = self.site.post(f"proof-{uuid.uuid4()}", "Lost")
            # What the gateway says of a function that died: infra/lib/gateway-errors.ts.
            self.assertEqual((answer.status, answer.headers["content-type"]), (500, "application/problem+json"))
            self.assertEqual(self.site.ask("GET", "/projets/").status, 200)
        self.site.deploy("--rollback")
        # CodeDeploy names the version that an earlier rollback took back: CloudFormation believed it live.
        self.assertEqual((self.live(), self.answering()), (before, before))
        with self.site.clock.later(ERRORS_FORGOTTEN):
            self.assertEqual(self.site.ask("GET", "/health").status, 200)
        self.heal_the_backup()

    def heal_the_backup(self):
        """It has no alias: --rollback leaves it as the broken deployment made it, and the next good one mends it."""
        with provoking(self.site.world):
            answer = self.functions.invoke(FunctionName=f"palabre-{ENVIRONMENT}-backup", Payload=b'{"finish":true}')
        self.assertEqual(answer.get("FunctionError"), "Unhandled")
        self.site.deploy()
        said = len(backups.metrics(self.site))
        backups.back_up(self.site)
        self.assertEqual([each["BackupFailures"] for each in backups.metrics(self.site)[said:]], [0, 0])

    def test_only_site_brings_what_differs_and_the_edge_forgets_it(self):
        right = self.site.ask("GET", "/projets/").body
        untouched = self.objects()
        old = self.s3.get_object(Bucket=SITE, Key=PAGE)
        self.s3.put_object(Bucket=SITE, Key=PAGE, Body=b"<!doctype html><title>Old</title>",
                           ContentType=old["ContentType"], CacheControl="max-age=3600", Metadata=old["Metadata"])
        self.site.world.edge.invalidate("/projets/*")
        self.assertIn(b"Old", self.site.ask("GET", "/projets/").body)
        version = self.live()
        told = self.site.deploy("--only-site", *PATIENCE)
        self.assertRegex(told.stdout, rf"1 of {len(untouched)} files were new or changed, 0 removed")
        self.assertRegex(told.stdout, r"CloudFront forgets 2 addresses")
        self.assertEqual(self.site.ask("GET", "/projets/").body, right)
        self.assertEqual({key: of for key, of in self.objects().items() if key != PAGE},
                         {key: of for key, of in untouched.items() if key != PAGE})
        self.assertEqual(self.live(), version)

    def test_a_plan_says_what_would_change_and_changes_nothing(self):
        before = self.everything()
        other = archives.with_another_member(self.folder / "planned.zip")
        told = self.site.deploy("--plan", code=other, options={"settings": {"moderation/links_max": "5"}})
        self.assertRegex(told.stdout, r"Data: .*1 new")
        self.assertRegex(told.stdout, r"Api: .*changed")
        self.assertEqual(self.everything(), before)

    def everything(self):
        stacks = [each for region in ("eu-west-3", "us-east-1") for each in
                  self.cloud.client("cloudformation", region).describe_stacks()["Stacks"]]
        return (
            sorted((each["StackName"], each["StackStatus"], each.get("LastUpdatedTime"), each.get("ChangeSetId"))
                   for each in stacks),
            [each["Version"] for each in self.functions.list_versions_by_function(FunctionName=API)["Versions"]],
            self.functions.get_function(FunctionName=API)["Configuration"]["CodeSha256"],
            self.live(), self.objects(),
            sorted(each["Name"] for each in self.cloud.client("ssm").describe_parameters()["Parameters"]),
        )


if __name__ == "__main__":
    unittest.main()
