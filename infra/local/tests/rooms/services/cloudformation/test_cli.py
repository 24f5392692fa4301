# SPDX-License-Identifier: Apache-2.0
"""The CDK's own CLI, with the roles of the bootstrap, against an assembly of one stack."""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from localaws.services import ACCOUNT
from localaws.services.cloud import HOME

from .case import StackCase, template

CLI = Path(__file__).resolve().parents[5] / "node_modules/aws-cdk/bin/cdk"
CLI_S = 120  # a command takes two seconds


class CliTest(StackCase):
    def setUp(self):
        if not CLI.exists():
            self.fail("there is no aws-cdk: run npm ci in infra/")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def cdk(self, body, *arguments):
        self.assemble(body)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environment |= self.cloud.environment() | {"CDK_DISABLE_CLI_TELEMETRY": "true", "CI": "true"}
        command = [CLI, "--app", self.folder.name, "--no-notices", *arguments]
        done = subprocess.run(
            command, cwd=self.folder.name, env=environment, capture_output=True, text=True, timeout=CLI_S
        )
        return done.returncode, done.stdout + done.stderr

    def assemble(self, body):
        """What `cdk synth` writes for one stack, shortened to what the CLI reads."""
        key = f"{abs(hash(json.dumps(body)))}.json"
        role = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-%s-role-${AWS::AccountId}-" + HOME
        bucket = "cdk-hnb659fds-assets-${AWS::AccountId}-" + HOME
        stack = {
            "templateFile": "Cli.template.json",
            "assumeRoleArn": role % "deploy",
            "cloudFormationExecutionRoleArn": role % "cfn-exec",
            "stackTemplateAssetObjectUrl": f"s3://{bucket}/{key}",
            "requiresBootstrapStackVersion": 6,
            "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version",
            "additionalDependencies": ["Cli.assets"],
        }
        destination = {
            "bucketName": bucket,
            "objectKey": key,
            "region": HOME,
            "assumeRoleArn": role % "file-publishing",
        }
        asset = {"source": {"path": "Cli.template.json", "packaging": "file"}, "destinations": {"here": destination}}
        artifacts = {
            "Cli.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Cli.assets.json"}},
            "Cli": {
                "type": "aws:cloudformation:stack",
                "environment": f"aws://unknown-account/{HOME}",
                "properties": stack,
                "dependencies": ["Cli.assets"],
                "displayName": "Cli",
            },
        }
        version = {"version": "48.0.0"}
        for name, content in (
            ("manifest.json", version | {"artifacts": artifacts}),
            ("Cli.assets.json", version | {"files": {"template": asset}, "dockerImages": {}}),
            ("Cli.template.json", body),
        ):
            Path(self.folder.name, name).write_text(json.dumps(content))

    def test_deploy_diff_and_destroy(self):
        asked = len(self.cloud.judged)
        status, told = self.cdk(template(Cli="one"), "deploy", "--require-approval", "never")
        self.assertEqual(status, 0, told)
        self.assertEqual(self.value_of("/Cli"), "one")
        roles = {each.principal.split("/")[-1] for each in self.cloud.judged[asked:]}
        ours = {f"cdk-hnb659fds-{each}-role-{ACCOUNT}-{HOME}" for each in ("deploy", "file-publishing")}
        self.assertEqual(roles, ours | {"cloudformation.amazonaws.com"})
        self.assertEqual([each for each in self.cloud.judged[asked:] if not each.allowed], [])

        status, told = self.cdk(template(Cli="two"), "diff")
        self.assertEqual(status, 0, told)
        self.assertRegex(told, r"\[~\] AWS::SSM::Parameter Cli")
        status, told = self.cdk(template(Cli="refuse"), "deploy", "--require-approval", "never")
        self.assertEqual(status, 1, told)
        self.assertIn("the value is refused", told)
        self.assertEqual(self.value_of("/Cli"), "one")
        status, told = self.cdk(template(Cli="two"), "destroy", "--force")
        self.assertEqual(status, 0, told)
        self.assertIsNone(self.value_of("/Cli"))


if __name__ == "__main__":
    unittest.main()
