# SPDX-License-Identifier: Apache-2.0
"""What the pinned CDK says of a change is understood, and data is not lost by it without being named."""

import json
import pathlib
import subprocess
import tempfile
import unittest

import ground
from deploy import changes, say

STACK = "Palabre-staging-Data"


def bucket(**properties):
    return {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "any", **properties}, "DeletionPolicy": "Retain"}


def table(key="id"):
    return {"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain",
            "Properties": {"KeySchema": [{"AttributeName": key, "KeyType": "HASH"}]}}


TOPIC = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "any"}}
QUIET = {"Comments": table(), "Backups": bucket(), "Topic": TOPIC}


def diff(before: dict, after: dict) -> list[changes.Change]:
    """By the CDK's own words about two templates, one of which stands for what is deployed."""
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "before.json").write_text(json.dumps({"Resources": before}), encoding="utf-8")
        (place / "after.json").write_text(json.dumps({"Resources": after}), encoding="utf-8")
        artifact = {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-west-3",
                    "properties": {"templateFile": "after.json"}, "displayName": STACK}
        manifest = {"version": "36.0.0", "artifacts": {STACK: artifact}}
        (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        said = subprocess.run(
            ["npx", "--no", "--", "cdk", "diff", "--no-color", "--app", folder,
             "--template", place / "before.json", STACK],
            cwd=ground.ROOT / "infra", check=True, text=True, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return changes.read(said.stdout)


class Changes(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(diff(QUIET, QUIET), [])
        with ground.Spoken() as said:
            changes.show([], ground.STAGING.part_of)
        self.assertIn("none", str(said))

    def test_everything_at_once(self):
        found = diff({**QUIET, "Old": bucket(), "OldTopic": TOPIC},
                     {"Comments": table("other"), "Backups": bucket(Tags=[{"Key": "a", "Value": "b"}]), "New": TOPIC,
                      "Topic": {**TOPIC, "Properties": {"TopicName": "other"}}})
        self.assertEqual({(each.name, each.verb, each.fate) for each in found}, {
            ("Comments", "changed", "replace"), ("Backups", "changed", ""), ("Topic", "changed", "replace"),
            ("New", "new", ""), ("Old", "gone", "orphan"), ("OldTopic", "gone", "destroy")})
        self.assertEqual({each.stack for each in found}, {STACK})
        self.assertEqual({each.name for each in found if each.loses_data}, {"Comments", "Old"})
        with ground.Spoken() as said:
            changes.show(found, ground.STAGING.part_of)
        self.assertIn("Data: 2 gone, 1 new, 3 changed", str(said))
        self.assertIn("AWS::DynamoDB::Table Comments: replace", str(said))
        self.guarded(found)

    def guarded(self, found):
        with self.assertRaises(say.Stop) as refused:
            changes.guard(found, ["Old"])
        self.assertEqual(refused.exception.status, say.REFUSED)
        self.assertIn("--give-up Comments", str(refused.exception))
        self.assertNotIn("Old (", str(refused.exception))
        changes.guard(found, ["Comments", "Old"])

    def test_a_first_deployment_loses_nothing(self):
        found = diff({}, QUIET)
        self.assertEqual({each.verb for each in found}, {"new"})
        changes.guard(found, [])

    def test_what_may_be_replaced_counts_as_replaced(self):
        found = changes.read(f"Stack {STACK}\nResources\n[~] AWS::S3::Bucket Site/Site Site may be replaced\n")
        self.assertEqual([(each.name, each.fate) for each in found], [("Site", "may be replaced")])
        self.assertTrue(found[0].loses_data)


if __name__ == "__main__":
    unittest.main()
