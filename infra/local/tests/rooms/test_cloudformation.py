# SPDX-License-Identifier: Apache-2.0
"""CloudFormation as boto3 and the CDK's own CLI see it. The applier here makes parameters, refuses one
value, and nothing else; the one of localaws.templates is tested apart."""

import json
import os
import subprocess
import tempfile
import time
import unittest
from dataclasses import dataclass, field
from pathlib import Path

from botocore.exceptions import ClientError

from localaws.services import ACCOUNT
from localaws.services.cloud import HOME, Cloud

INFRA = Path(__file__).resolve().parents[3]
CLI = INFRA / "node_modules/aws-cdk/bin/cdk"
PARAMETER = "AWS::SSM::Parameter"
WAIT_S = 20  # what is applied here takes milliseconds
CLI_S = 120  # a command takes two seconds


@dataclass
class Resource:
    logical: str
    type: str
    ref: str


@dataclass
class Stack:
    resources: dict
    outputs: dict = field(default_factory=dict)


class Refused(Exception):
    def __init__(self, message, stack):
        super().__init__(message)
        self.stack = stack


class Parameters:
    """An applier."""

    def apply(self, template, *, name, region, account, parameters, others, before, client):
        ssm, stack = client("ssm", region), Stack({})
        for logical, resource in template["Resources"].items():
            own = resource["Properties"]
            if own["Value"] == "refuse":
                raise Refused(f"{logical}: the value is refused", stack)
            ssm.put_parameter(Name=own["Name"], Value=own["Value"], Type="String", Overwrite=True)
            stack.resources[logical] = Resource(logical, resource["Type"], own["Name"])
        for logical, old in (before.resources if before else {}).items():
            if logical not in stack.resources:
                ssm.delete_parameter(Name=old.ref)
        for output in template.get("Outputs", {}):
            stack.outputs[output] = (
                others[output].outputs["Own"] if output in others else parameters.get(output, "made")
            )
        return stack

    def remove(self, template, stack, *, client):
        for each in stack.resources.values():
            client("ssm", HOME).delete_parameter(Name=each.ref)


def template(outputs=(), **values):
    resources = {
        logical: {"Type": PARAMETER, "Properties": {"Type": "String", "Name": f"/{logical}", "Value": value}}
        for logical, value in values.items()
    }
    return {"Resources": resources, "Outputs": {name: {"Value": "x"} for name in outputs}}


def setUpModule():
    global cloud, cfn
    cloud = Cloud()
    cloud.bootstrap()
    cloud.deploys_with(Parameters())
    cfn = cloud.client("cloudformation")


def tearDownModule():
    cloud.stop()


def value_of(name):
    try:
        return cloud.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
    except ClientError:
        return None


def settled(name):
    """The stack, once it is at rest."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        stack = cfn.describe_stacks(StackName=name)["Stacks"][0]
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return stack
        time.sleep(0.01)
    raise TimeoutError(f"{name} is still {stack['StackStatus']}")


def change_set(stack, body, kind, **more):
    cfn.create_change_set(
        StackName=stack, ChangeSetName="set", ChangeSetType=kind, TemplateBody=json.dumps(body), **more
    )
    return cfn.describe_change_set(StackName=stack, ChangeSetName="set")


def execute(stack, body, kind="CREATE", **more):
    change_set(stack, body, kind, **more)
    cfn.execute_change_set(StackName=stack, ChangeSetName="set", ClientRequestToken="token")
    return settled(stack)


class CloudFormationTest(unittest.TestCase):
    def refused(self, words, call, **kwargs):
        with self.assertRaisesRegex(ClientError, words):
            call(**kwargs)

    def reasons(self, stack, status):
        events = cfn.describe_stack_events(StackName=stack)["StackEvents"]
        return [
            (each["LogicalResourceId"], each.get("ResourceStatusReason"))
            for each in events
            if each["ResourceStatus"] == status
        ]


class ChangeSetTest(CloudFormationTest):
    def test_a_stack_is_reviewed_made_changed_and_gone(self):
        self.refused("Stack with id Whole does not exist", cfn.describe_stacks, StackName="Whole")
        first = change_set("Whole", template(Whole1="a", Whole2="b"), "CREATE")
        self.assertEqual((first["Status"], first["ExecutionStatus"]), ("CREATE_COMPLETE", "AVAILABLE"))
        self.assertEqual(cfn.describe_stacks(StackName="Whole")["Stacks"][0]["StackStatus"], "REVIEW_IN_PROGRESS")
        self.assertIsNone(value_of("/Whole1"))
        cfn.execute_change_set(StackName="Whole", ChangeSetName=first["ChangeSetId"])
        self.assertEqual(settled("Whole")["StackStatus"], "CREATE_COMPLETE")
        second = change_set("Whole", template(outputs=["Own"], Whole1="c", Whole3="d"), "UPDATE")
        told = {each["ResourceChange"]["LogicalResourceId"]: each["ResourceChange"] for each in second["Changes"]}
        self.assertEqual(
            {k: v["Action"] for k, v in told.items()}, {"Whole1": "Modify", "Whole2": "Remove", "Whole3": "Add"}
        )
        target = told["Whole1"]["Details"][0]["Target"]
        self.assertEqual((target["Attribute"], target["Name"]), ("Properties", "Value"))
        cfn.execute_change_set(StackName="Whole", ChangeSetName="set")
        stack = settled("Whole")
        self.assertEqual(stack["StackStatus"], "UPDATE_COMPLETE")
        self.assertEqual(stack["Outputs"][0]["OutputValue"], "made")
        self.assertEqual([value_of(f"/Whole{n}") for n in (1, 2, 3)], ["c", None, "d"])
        made = {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in cfn.describe_stack_resources(StackName="Whole")["StackResources"]
        }
        self.assertEqual(made, {"Whole1": "/Whole1", "Whole3": "/Whole3"})
        listed = cfn.list_stack_resources(StackName="Whole")["StackResourceSummaries"]
        self.assertEqual({each["ResourceType"] for each in listed}, {PARAMETER})
        cfn.delete_stack(StackName="Whole")
        self.assertEqual(settled(stack["StackId"])["StackStatus"], "DELETE_COMPLETE")
        self.assertIsNone(value_of("/Whole1"))
        self.refused("does not exist", cfn.describe_stacks, StackName="Whole")
        gone = cfn.list_stacks(StackStatusFilter=["DELETE_COMPLETE"])["StackSummaries"]
        self.assertIn(stack["StackId"], [each["StackId"] for each in gone])

    def test_what_changes_nothing_fails_in_the_words_that_the_cli_looks_for(self):
        execute("Same", template(Same="a"))
        told = change_set("Same", template(Same="a"), "UPDATE")
        self.assertEqual((told["Status"], told["ExecutionStatus"]), ("FAILED", "UNAVAILABLE"))
        self.assertIn("didn't contain changes", told["StatusReason"])
        self.refused("InvalidChangeSetStatus", cfn.execute_change_set, StackName="Same", ChangeSetName="set")
        self.refused(
            "AlreadyExists", cfn.create_change_set, StackName="Same", ChangeSetName="set", TemplateBody="Resources: {}"
        )
        cfn.delete_change_set(StackName="Same", ChangeSetName="set")
        self.refused("ChangeSetNotFound", cfn.describe_change_set, StackName="Same", ChangeSetName="set")

    def test_outputs_alone_are_a_change(self):
        execute("Outputs", template(Outputs="a"))
        self.assertEqual(
            execute("Outputs", template(outputs=["Own"], Outputs="a"), "UPDATE")["StackStatus"], "UPDATE_COMPLETE"
        )

    def test_a_template_of_a_bucket_in_yaml(self):
        s3, bucket = cloud.client("s3"), f"cdk-hnb659fds-assets-{ACCOUNT}-{HOME}"
        s3.put_object(
            Bucket=bucket,
            Key="a.yaml",
            Body=b"Resources: {Far: {Type: 'AWS::SSM::Parameter', Properties: "
            b"{Name: /Far, Type: String, Value: far}}}\nAWSTemplateFormatVersion: 2010-09-09\n",
        )
        places = {
            "path": f"https://s3.{HOME}.amazonaws.com/{bucket}/",
            "host": f"https://{bucket}.s3.{HOME}.amazonaws.com/",
        }
        for name, at in places.items():
            cfn.create_change_set(
                StackName="Far", ChangeSetName=name, ChangeSetType="CREATE", TemplateURL=at + "a.yaml"
            )
        self.refused(
            "S3 error",
            cfn.create_change_set,
            StackName="Far",
            ChangeSetName="no",
            ChangeSetType="CREATE",
            TemplateURL=at + "b.yaml",
        )
        cfn.execute_change_set(StackName="Far", ChangeSetName="host")
        self.assertEqual(settled("Far")["StackStatus"], "CREATE_COMPLETE")
        self.assertIn("2010-09-09", cfn.get_template(StackName="Far")["TemplateBody"])

    def test_parameters_of_a_template(self):
        body = template(outputs=["Given"], Given="a") | {"Parameters": {"Given": {"Type": "String"}}}
        self.refused(r"\[Given\] must have values", change_set, stack="Given", body=body, kind="CREATE")
        other = [{"ParameterKey": "Other", "ParameterValue": "b"}]
        self.refused(
            "do not exist in the template", change_set, stack="Given", body=body, kind="CREATE", Parameters=other
        )
        given = [{"ParameterKey": "Given", "ParameterValue": "b"}]
        self.assertEqual(execute("Given", body, Parameters=given)["Outputs"][0]["OutputValue"], "b")
        told = change_set("Given", body, "UPDATE", Parameters=[{"ParameterKey": "Given", "UsePreviousValue": True}])
        self.assertEqual(told["Status"], "FAILED")
        self.assertEqual(cfn.get_template_summary(StackName="Given")["Parameters"][0]["ParameterKey"], "Given")

    def test_roles_want_a_capability(self):
        named = {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "a"}}}}
        self.refused(
            "CAPABILITY_NAMED_IAM",
            change_set,
            stack="Roles",
            body=named,
            kind="CREATE",
            Capabilities=["CAPABILITY_IAM"],
        )
        self.assertEqual(
            change_set("Roles", named, "CREATE", Capabilities=["CAPABILITY_NAMED_IAM"])["Status"], "CREATE_COMPLETE"
        )


class RightsTest(CloudFormationTest):
    """Of a role that deploys with somebody else's: what it may pass on, and what it may read."""

    def as_role(self, name, *statements):
        iam, everyone = cloud.client("iam"), {"Service": "lambda.amazonaws.com"}
        trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": everyone}
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=self.document(trust))["Role"]["Arn"]
        allowed = self.document(*[{"Effect": "Allow"} | each for each in statements])
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=allowed)
        return role, cloud.client("cloudformation", credentials=cloud.session(role, "lambda.amazonaws.com"))

    @staticmethod
    def document(*statements):
        return json.dumps({"Version": "2012-10-17", "Statement": statements})

    def test_a_role_that_is_passed_on(self):
        executes = f"arn:aws:iam::{ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-{ACCOUNT}-{HOME}"
        stacks = {"Action": "cloudformation:*", "Resource": "*"}
        asked = {"StackName": "Passed", "ChangeSetName": "set", "ChangeSetType": "CREATE"}
        asked["TemplateBody"] = json.dumps(template(Passed="a"))
        _, without = self.as_role("passes-nothing", stacks)
        self.refused("iam:PassRole", without.create_change_set, RoleARN=executes, **asked)
        own, with_it = self.as_role("passes", stacks, {"Action": "iam:PassRole", "Resource": "*"})
        self.refused("cannot be assumed", with_it.create_change_set, RoleARN=own, **asked)
        with_it.create_change_set(RoleARN=executes, **asked)

    def test_a_template_that_the_caller_may_not_read(self):
        bucket = f"cdk-hnb659fds-assets-{ACCOUNT}-{HOME}"
        cloud.client("s3").put_object(Bucket=bucket, Key="secret.json", Body=json.dumps(template(Secret="a")))
        _, deploys = self.as_role("reads-no-bucket", {"Action": "cloudformation:*", "Resource": "*"})
        url = f"https://s3.{HOME}.amazonaws.com/{bucket}/secret.json"
        self.refused("S3 error: Access Denied", deploys.create_stack, StackName="Secret", TemplateURL=url)


class FailureTest(CloudFormationTest):
    def test_a_stack_that_cannot_be_made_is_rolled_back(self):
        stack = execute("Broken", template(Broken1="a", Broken2="refuse"))
        self.assertEqual(stack["StackStatus"], "ROLLBACK_COMPLETE")
        self.assertIn("the value is refused", stack["StackStatusReason"])
        self.assertEqual(self.reasons("Broken", "CREATE_FAILED"), [("Broken2", "the value is refused")])
        self.assertIsNone(value_of("/Broken1"))
        self.refused("can not be updated", change_set, stack="Broken", body=template(Broken1="a"), kind="UPDATE")
        cfn.delete_stack(StackName="Broken")
        self.assertEqual(settled(stack["StackId"])["StackStatus"], "DELETE_COMPLETE")
        self.assertEqual(execute("Broken", template(Broken1="b"))["StackStatus"], "CREATE_COMPLETE")

    def test_an_update_that_fails_leaves_what_was(self):
        execute("Kept", template(Kept1="a", Kept2="b"))
        stack = execute("Kept", template(Kept1="c", Kept2="refuse"), "UPDATE")
        self.assertEqual(stack["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual([value_of("/Kept1"), value_of("/Kept2")], ["a", "b"])
        self.assertEqual(self.reasons("Kept", "UPDATE_FAILED"), [("Kept2", "the value is refused")])
        events = cfn.describe_events(StackName="Kept", Filters={"FailedEvents": True})["OperationEvents"]
        self.assertEqual([each["LogicalResourceId"] for each in events], ["Kept2"])
        self.assertEqual(cfn.get_template(StackName="Kept")["TemplateBody"], template(Kept1="a", Kept2="b"))
        self.assertEqual(execute("Kept", template(Kept1="d", Kept2="b"), "UPDATE")["StackStatus"], "UPDATE_COMPLETE")

    def test_protected_stacks_stay(self):
        execute("Protected", template(Protected="a"))
        cfn.update_termination_protection(StackName="Protected", EnableTerminationProtection=True)
        self.refused("TerminationProtection is enabled", cfn.delete_stack, StackName="Protected")
        cfn.update_termination_protection(StackName="Protected", EnableTerminationProtection=False)
        cfn.delete_stack(StackName="Protected")

    def test_what_is_no_template(self):
        for body in ("{", "[]", '{"Resources": []}'):
            self.refused("Template format error", cfn.validate_template, TemplateBody=body)
        self.refused("is not known|nobody of ours", cfn.detect_stack_drift, StackName="Same")


class StackTest(CloudFormationTest):
    def test_without_change_sets(self):
        body = json.dumps(template(outputs=["Own"], Plain="a"))
        cfn.create_stack(StackName="Plain", TemplateBody=body)
        cfn.get_waiter("stack_create_complete").wait(StackName="Plain", WaiterConfig={"Delay": 1})
        self.refused("AlreadyExists", cfn.create_stack, StackName="Plain", TemplateBody=body)
        self.refused("No updates are to be performed", cfn.update_stack, StackName="Plain", TemplateBody=body)
        cfn.update_stack(StackName="Plain", TemplateBody=json.dumps(template(outputs=["Own"], Plain="b")))
        self.assertEqual(settled("Plain")["StackStatus"], "UPDATE_COMPLETE")

    def test_stacks_read_each_other_and_regions_are_apart(self):
        execute("Producer", template(outputs=["Own"], Producer="a"))
        self.assertEqual(
            execute("Consumer", template(outputs=["Producer"], Consumer="a"))["Outputs"][0]["OutputValue"], "made"
        )
        with self.assertRaisesRegex(ClientError, "does not exist"):
            cloud.client("cloudformation", "us-east-1").describe_stacks(StackName="Producer")


class CliTest(CloudFormationTest):
    """The CLI itself, with the roles of the bootstrap, against an assembly of one stack."""

    def setUp(self):
        if not CLI.exists():
            self.fail("there is no aws-cdk: run npm ci in infra/")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def cdk(self, body, *arguments):
        self.assemble(body)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        environment |= cloud.environment() | {"CDK_DISABLE_CLI_TELEMETRY": "true", "CI": "true"}
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
        asked = len(cloud.judged)
        status, told = self.cdk(template(Cli="one"), "deploy", "--require-approval", "never")
        self.assertEqual(status, 0, told)
        self.assertEqual(value_of("/Cli"), "one")
        roles = {each.principal.split("/")[-1] for each in cloud.judged[asked:]}
        ours = {f"cdk-hnb659fds-{each}-role-{ACCOUNT}-{HOME}" for each in ("deploy", "file-publishing")}
        self.assertEqual(roles, ours | {"cloudformation.amazonaws.com"})
        self.assertEqual([each for each in cloud.judged[asked:] if not each.allowed], [])

        status, told = self.cdk(template(Cli="two"), "diff")
        self.assertEqual(status, 0, told)
        self.assertRegex(told, r"\[~\] AWS::SSM::Parameter Cli")
        status, told = self.cdk(template(Cli="refuse"), "deploy", "--require-approval", "never")
        self.assertEqual(status, 1, told)
        self.assertIn("the value is refused", told)
        self.assertEqual(value_of("/Cli"), "one")
        status, told = self.cdk(template(Cli="two"), "destroy", "--force")
        self.assertEqual(status, 0, told)
        self.assertIsNone(value_of("/Cli"))


if __name__ == "__main__":
    unittest.main()
