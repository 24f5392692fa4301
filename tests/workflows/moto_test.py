#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same questions, asked by the real AWS CLI of a server that stands for AWS: the fakes pretend rightly.

Run by the Python of build/tools/moto. That server knows no composite alarm, so none is among these.
"""

import io
import json
import os
import pathlib
import subprocess
import sys
import unittest
import urllib.request
import zipfile

import boto3

ROOT = pathlib.Path(__file__).resolve().parents[2]
REGION = "eu-west-3"
KEYS = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def archive(text):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("bootstrap", text)
    return made.getvalue()


class Questions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = subprocess.Popen([sys.executable, ROOT / "tests/support/moto_server.py"],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        cls.addClassCleanup(server.communicate)   # it ends when its input does
        cls.url = f"http://127.0.0.1:{json.loads(server.stdout.readline())['port']}"
        # moto does not recompute the signatures of Lambda as the CLI makes them: nothing is asked here.
        urllib.request.urlopen(urllib.request.Request(
            cls.url + "/moto-api/reset-auth", b"inf", {"Content-Type": "text/plain"}), timeout=60).close()

    def client(self, service, region=REGION):
        return boto3.client(service, region_name=region, endpoint_url=self.url,
                            aws_access_key_id="any", aws_secret_access_key="any")

    def ask(self, call):
        """The lines that a function of aws.sh prints."""
        tools = pathlib.Path(sys.executable).parent
        ended = subprocess.run(
            ["bash", "-c", f"set -euo pipefail; . .github/scripts/aws.sh; {call}"], cwd=ROOT, check=False,
            capture_output=True, text=True, timeout=120,
            env={**KEYS, "PATH": f"{tools}:{os.environ['PATH']}", "AWS_REGION": REGION, "AWS_PAGER": "",
                 "AWS_ENDPOINT_URL": self.url, "LC_ALL": "C"})
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return ended.stdout.splitlines()

    def test_live_versions(self):
        self.assertEqual(self.ask("live_versions palabre-staging-"), [])
        role = self.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        functions = self.client("lambda")
        for name in ["palabre-staging-read", "palabre-staging-post", "palabre-staging-backup", "palabre-production-read"]:
            functions.create_function(FunctionName=name, Role=role, Runtime="provided.al2023", Handler="any",
                                      Code={"ZipFile": archive("one")}, Publish=True)
        for name in ["palabre-staging-read", "palabre-staging-post", "palabre-production-read"]:
            functions.create_alias(FunctionName=name, Name="other", FunctionVersion="$LATEST")
            functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
        functions.update_function_code(FunctionName="palabre-staging-read", ZipFile=archive("two"), Publish=True)
        functions.update_alias(FunctionName="palabre-staging-read", Name="live", FunctionVersion="2")
        self.assertEqual(self.ask("live_versions palabre-staging-"), ["palabre-staging-post 1", "palabre-staging-read 2"])

    def test_alarm_states(self):
        self.assertEqual(self.ask("alarm_states palabre-staging-"), [])
        for region, name, state in [(REGION, "palabre-staging-read errors", "OK"), (REGION, "palabre-staging-p99", "ALARM"),
                                    (REGION, "palabre-production-p99", "ALARM"),
                                    ("us-east-1", "palabre-staging-probe", "INSUFFICIENT_DATA")]:
            cloudwatch = self.client("cloudwatch", region)
            cloudwatch.put_metric_alarm(AlarmName=name, Namespace="any", MetricName="any", Statistic="Sum", Period=60,
                                        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold")
            cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="the test says so")
        seen = self.ask("alarm_states palabre-staging-")
        self.assertEqual(sorted(seen), [
            "ALARM\teu-west-3 palabre-staging-p99", "INSUFFICIENT_DATA\tus-east-1 palabre-staging-probe",
            "OK\teu-west-3 palabre-staging-read errors"])
        self.assertEqual(self.ask("alarm_states palabre-staging- | ringing"), ["eu-west-3 palabre-staging-p99"])


if __name__ == "__main__":
    unittest.main()
