# SPDX-License-Identifier: Apache-2.0
"""A copy of the scripts of the pipeline, with a ./deploy, an `aws` and a `gh` beside them that only pretend.

The cloud they share is a file of JSON: functions with the version that is live, alarms with their states
over time, and what shall fail.
"""

import json
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRETENDERS = pathlib.Path(__file__).resolve().parent / "pretenders"

QUIET_CLOUD = {
    "live": {"palabre-staging-read": "7", "palabre-staging-post": "4", "palabre-production-read": "5"},
    # One list of states for each alarm: one for each time somebody looks; the last one stays.
    "alarms": {"eu-west-3": {"palabre-staging-errors": ["OK"], "palabre-production-errors": ["ALARM"]},
               "us-east-1": {"palabre-staging-probe": ["OK"]}},
    "deploy": {"moves": {"palabre-staging-read": "8"}, "status": 0},
    "rollback": {"moves": {"palabre-staging-read": "7"}, "status": 0},
    "aws_fails": {},   # what the command begins with: which of the times it is asked, from 0 on
}


class Ground:
    def __init__(self, folder, cloud):
        self.folder = pathlib.Path(folder)
        self.cloud_file = self.folder / "cloud.json"
        self.cloud_file.write_text(json.dumps(cloud), encoding="utf-8")
        shutil.copytree(ROOT / ".github/scripts", self.folder / ".github/scripts")
        for name, place in {"deploy": "deploy", "aws": "bin/aws", "gh": "bin/gh"}.items():
            (self.folder / place).parent.mkdir(exist_ok=True)
            shutil.copy(PRETENDERS / name, self.folder / place)

    def run(self, script, *arguments, **environment):
        """Ended process, its output with its errors."""
        return subprocess.run(
            [self.folder / ".github/scripts" / script, *arguments], check=False, timeout=60, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/",
            env={"PATH": f"{self.folder}/bin:/usr/bin:/bin", "CLOUD": str(self.cloud_file),
                 "AWS_REGION": "eu-west-3", "GITHUB_REPOSITORY": "someone/palabre",
                 "GITHUB_STEP_SUMMARY": str(self.folder / "summary"), "WATCH_ROUNDS": "4", "WATCH_PAUSE": "0",
                 **environment})

    def deployments(self):
        """How ./deploy was called, each time."""
        calls = self.folder / "deploy.calls"
        return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []

    def live(self):
        return json.loads(self.cloud_file.read_text(encoding="utf-8"))["live"]
