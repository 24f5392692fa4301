# SPDX-License-Identifier: Apache-2.0
"""A backup, from its schedule to a database that was made of it."""
import json
import os
import sqlite3
import subprocess
import tempfile
import unittest
import uuid
from pathlib import Path

from localaws.services import ACCOUNT

from . import backups
from .deployed import ENVIRONMENT, REPOSITORY, deployed, own_environment
from .rights import without

BUCKET = f"palabre-{ENVIRONMENT}-backup-{ACCOUNT}"
ROLE = f"palabre-{ENVIRONMENT}-backup"
QUEUE = f"palabre-{ENVIRONMENT}-backup-failed"
PLACE = f"s3://{BUCKET}/palabre"

PROGRAM_SECONDS_MAX = 120
BUILDS = ("check", "dev", "release")
NO_PROGRAM = "the program palabre was not built here (PALABRE_PROGRAM names another): nobody reads the backup"


def program() -> Path | None:
    named = os.environ.get("PALABRE_PROGRAM")
    places = [Path(named)] if named else [REPOSITORY / f"build/{each}/bin/palabre" for each in BUILDS]
    return next((each for each in places if each.is_file()), None)


class Backup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()
        cls.cloud = cls.site.world.cloud
        cls.s3, cls.sqs = cls.cloud.client("s3"), cls.cloud.client("sqs")

    def keys(self, below=""):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"palabre/{below}")
        return {each["Key"].removeprefix("palabre/") for page in pages for each in page.get("Contents", [])}

    def test_the_schedules_ask_for_an_export_and_write_the_manifest_of_it(self):
        self.site.post(f"proof-{uuid.uuid4()}", "To be kept")
        before = self.keys()
        backups.fire(self.site, backups.BEGIN)
        begun = self.keys() - before
        # Not the manifests of before: this call may have finished the export of an earlier one.
        moments = {key.split("/")[0] for key in begun if key.endswith("/manifest-summary.json")}
        self.assertEqual(len(moments), 1, begun)
        manifest = f"{moments.pop()}/manifest.json"
        self.assertNotIn(manifest, self.keys())
        backups.fire(self.site, backups.FINISH)
        told = json.loads(self.s3.get_object(Bucket=BUCKET, Key=f"palabre/{manifest}")["Body"].read())
        self.assertGreaterEqual(told["export"]["items"], 1)

    def test_every_file_of_the_site_is_kept_once(self):
        backups.back_up(self.site)
        kept = self.keys("site-files/")
        self.assertGreater(len(kept), 5)
        again = len(backups.metrics(self.site))
        backups.back_up(self.site)
        self.assertEqual(self.keys("site-files/"), kept)
        self.assertEqual([each["SiteFilesCopied"] for each in backups.metrics(self.site)[again:]], [0, 0])

    def test_the_log_says_how_old_the_last_good_backup_is_as_the_alarm_reads_it(self):
        backups.back_up(self.site)
        line = backups.metrics(self.site)[-1]
        self.assertLess(line["BackupAge"], 1)
        self.assertEqual(line["BackupFailures"], 0)
        filters = self.cloud.client("logs").describe_metric_filters(logGroupName=backups.GROUP)["metricFilters"]
        for each in filters:
            [made] = each["metricTransformations"]
            self.assertIn(made["metricValue"].removeprefix("$."), line)
            self.assertEqual(each["filterPattern"], f"{{ {made['metricValue']} = \"*\" }}")

    def test_an_event_that_comes_twice_asks_for_one_export(self):
        at = backups.next_moment()
        backups.fire(self.site, backups.BEGIN, at)
        once = {key for key in self.keys() if "AWSDynamoDB/" in key}
        backups.fire(self.site, backups.BEGIN, at)
        self.assertEqual({key for key in self.keys() if "AWSDynamoDB/" in key}, once)
        backups.fire(self.site, backups.FINISH)

    def test_what_failed_twice_waits_in_the_queue_and_is_counted(self):
        self.assertEqual(self.failed(), [])
        said = len(backups.lines(self.site))
        with without(self.site, ROLE, "s3:PutObject"):
            backups.fire(self.site, backups.BEGIN)
        lines = backups.lines(self.site)[said:]
        counted = [json.loads(each)["BackupFailures"] for each in lines if each.startswith("{")]
        self.assertEqual(counted, [1, 1])
        self.assertTrue(any("the bucket" in each and "denied" in each for each in lines), lines)
        [told] = self.failed()
        self.assertEqual((told["requestContext"]["condition"], told["requestContext"]["approximateInvokeCount"]),
                         ("RetriesExhausted", 2))
        self.assertIn("time", told["requestPayload"])
        good = len(backups.metrics(self.site))
        backups.back_up(self.site)
        self.assertEqual([each["BackupFailures"] for each in backups.metrics(self.site)[good:]], [0, 0])

    @unittest.skipUnless(program(), NO_PROGRAM)
    def test_the_program_verifies_it_and_makes_a_database_of_it(self):
        section, words = f"proof-{uuid.uuid4()}", f"Kept *well* {uuid.uuid4()}"
        posted = self.site.post(section, words).json()
        backups.back_up(self.site)
        with tempfile.TemporaryDirectory() as folder:
            verified = self.palabre(folder, "backup", "verify", "latest", "--folder", PLACE)
            self.palabre(folder, "restore", "latest", "--folder", PLACE, "--with-site")
            with sqlite3.connect(Path(folder, "data/comments.sqlite")) as database:
                found = [row for row in database.execute("SELECT * FROM comments") if words in map(str, row)]
            self.assertEqual(len(found), 1, verified)
            self.assertIn(uuid.UUID(posted["id"]).bytes, found[0])
            self.assertEqual(Path(folder, "site/index.html").read_bytes(), self.site.ask("GET", "/").body)

    def failed(self):
        """What waits in the queue, which is emptied."""
        queue = self.sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
        found = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for each in found:
            self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        return [json.loads(each["Body"]) for each in found]

    def palabre(self, folder, *words):
        """As the owner runs it, in an empty folder."""
        # Ours name no settings of the program.
        inherited = {name: value for name, value in own_environment().items() if not name.startswith("PALABRE_")}
        done = subprocess.run(
            [program(), *words], cwd=folder, capture_output=True, text=True, check=False, timeout=PROGRAM_SECONDS_MAX,
            env=inherited | self.cloud.environment())
        self.assertEqual(done.returncode, 0, f"palabre {' '.join(words)}:\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr


if __name__ == "__main__":
    unittest.main()
