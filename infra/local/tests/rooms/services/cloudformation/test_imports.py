# SPDX-License-Identifier: Apache-2.0
"""Change sets that import, with the applier of localaws.templates: what is there is taken in as it is, and every
misuse that CloudFormation refuses is refused."""

import json
import time
import unittest

from botocore.exceptions import ClientError

from localaws import templates
from localaws.services import ACCOUNT
from localaws.services.cloud import HOME, Cloud

ASSUMED = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "apigateway.amazonaws.com"}}
    ],
}
HOST = "token.actions.githubusercontent.com"
WAIT_S = 20


def setUpModule():
    global cloud, cfn
    cloud = Cloud()
    cloud.bootstrap()
    cloud.deploys_with(templates)
    cfn = cloud.client("cloudformation")


def tearDownModule():
    cloud.stop()


def kept(kind, after=(), **properties):
    made = {"Type": f"AWS::{kind}", "Properties": properties, "DeletionPolicy": "Retain"}
    return made | ({"DependsOn": list(after)} if after else {})


def bucket(name, **more):
    return kept("S3::Bucket", BucketName=name, **more)


def to_import(**wanted):
    """logical=(type, identifier)"""
    return [
        {"LogicalResourceId": logical, "ResourceType": f"AWS::{kind}", "ResourceIdentifier": identifier}
        for logical, (kind, identifier) in wanted.items()
    ]


def make_bucket(name):
    cloud.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": HOME})
    return {"One": ("S3::Bucket", {"BucketName": name})}


def change_set(stack, resources, wanted=None, outputs=None):
    more = {"ChangeSetType": "UPDATE"} if wanted is None else {
        "ChangeSetType": "IMPORT", "ResourcesToImport": to_import(**wanted)}
    body = {"Resources": resources} | ({"Outputs": outputs} if outputs else {})
    cfn.create_change_set(
        StackName=stack, ChangeSetName="set", TemplateBody=json.dumps(body), Capabilities=["CAPABILITY_NAMED_IAM"], **more
    )
    return cfn.describe_change_set(StackName=stack, ChangeSetName="set")


def execute(stack, *what, **how):
    """The state in which it ends."""
    change_set(stack, *what, **how)
    cfn.execute_change_set(StackName=stack, ChangeSetName="set")
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        status = cfn.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
        if not status.endswith("_IN_PROGRESS"):
            return status
        time.sleep(0.01)
    raise TimeoutError(f"{stack} is still {status}")


def physical(stack):
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for each in cfn.describe_stack_resources(StackName=stack)["StackResources"]
    }


class Imports(unittest.TestCase):
    def refused(self, words, *what, **how):
        with self.assertRaisesRegex(ClientError, words):
            change_set(*what, **how)


class TakenInTest(Imports):
    def test_every_type_that_an_environment_keeps(self):
        table = {
            "TableName": "comments", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        }
        cloud.client("dynamodb").create_table(**table)
        cloud.client("dynamodb").put_item(TableName="comments", Item={"id": {"S": "first"}})
        make_bucket("backups")
        cognito, iam = cloud.client("cognito-idp"), cloud.client("iam")
        pool = cognito.create_user_pool(PoolName="people")["UserPool"]["Id"]
        cognito.create_group(UserPoolId=pool, GroupName="moderators")
        secret = cloud.client("secretsmanager").create_secret(Name="edge", SecretString="known")["ARN"]
        iam.create_role(RoleName="writes-logs", AssumeRolePolicyDocument=json.dumps(ASSUMED))
        provider = iam.create_open_id_connect_provider(Url=f"https://{HOST}", ClientIDList=["sts.amazonaws.com"])
        provider = provider["OpenIDConnectProviderArn"]
        resources = {
            "Comments": kept("DynamoDB::Table", **table),
            "Backups": bucket({"Fn::Join": ["", ["back", "ups"]]}),
            "People": kept("Cognito::UserPool", UserPoolName="people"),
            "Moderators": kept("Cognito::UserPoolGroup", UserPoolId={"Ref": "People"}, GroupName="moderators"),
            "Edge": kept("SecretsManager::Secret", Name="edge", GenerateSecretString={"PasswordLength": 48}),
            "Role": kept("IAM::Role", AssumeRolePolicyDocument=ASSUMED),
            "Provider": kept("IAM::OIDCProvider", Url=f"https://{HOST}", ClientIdList=["sts.amazonaws.com"]),
        }
        wanted = {
            "Comments": ("DynamoDB::Table", {"TableName": "comments"}),
            "Backups": ("S3::Bucket", {"BucketName": "backups"}),
            "People": ("Cognito::UserPool", {"UserPoolId": pool}),
            "Moderators": ("Cognito::UserPoolGroup", {"UserPoolId": pool, "GroupName": "moderators"}),
            "Edge": ("SecretsManager::Secret", {"Id": secret}),
            "Role": ("IAM::Role", {"RoleName": "writes-logs"}),
            "Provider": ("IAM::OIDCProvider", {"Arn": provider}),
        }
        told = change_set("Kept", resources, wanted)
        self.assertEqual({each["ResourceChange"]["Action"] for each in told["Changes"]}, {"Import"})
        cfn.delete_change_set(StackName="Kept", ChangeSetName="set")
        self.assertEqual(execute("Kept", resources, wanted), "IMPORT_COMPLETE")
        names = {"Comments": "comments", "Backups": "backups", "People": pool, "Moderators": "moderators",
                 "Edge": secret, "Role": "writes-logs", "Provider": provider}
        self.assertEqual(physical("Kept"), names)

        # The deployment that follows makes the rest, speaks of what was there, and leaves it as it was.
        new = {"New": {"Type": "AWS::SSM::Parameter", "DependsOn": ["Backups"],
                       "Properties": {"Type": "String", "Name": "/new", "Value": {"Fn::GetAtt": ["Comments", "Arn"]}}}}
        arns = {name: {"Value": {"Fn::GetAtt": [name, "Arn"]}} for name in ("Backups", "People", "Role", "Provider")}
        resources["Backups"]["DependsOn"] = ["Edge"]
        self.assertEqual(execute("Kept", resources | new, outputs=arns), "UPDATE_COMPLETE")
        self.assertEqual(physical("Kept"), names | {"New": "/new"})
        value = cloud.client("ssm").get_parameter(Name="/new")["Parameter"]["Value"]
        self.assertEqual(value, f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/comments")
        outputs = {each["OutputKey"]: each["OutputValue"]
                   for each in cfn.describe_stacks(StackName="Kept")["Stacks"][0]["Outputs"]}
        self.assertEqual(outputs["Provider"], provider)
        self.assertEqual(outputs["Role"], f"arn:aws:iam::{ACCOUNT}:role/writes-logs")
        self.assertEqual(cloud.client("dynamodb").scan(TableName="comments")["Items"], [{"id": {"S": "first"}}])
        self.assertEqual(cloud.client("secretsmanager").get_secret_value(SecretId="edge")["SecretString"], "known")

    def test_a_stack_that_stands_already(self):
        first = make_bucket("stands-first")
        self.assertEqual(execute("Stands", {"One": bucket("stands-first")}, first), "IMPORT_COMPLETE")
        make_bucket("stands-second")
        both = {"One": bucket("stands-first"), "Two": bucket("stands-second")}
        second = {"Two": ("S3::Bucket", {"BucketName": "stands-second"})}
        self.refused("already in the stack", "Stands", both, second | first)
        self.assertEqual(execute("Stands", both, second), "IMPORT_COMPLETE")
        self.assertEqual(physical("Stands"), {"One": "stands-first", "Two": "stands-second"})

    def test_by_what_types_are_known(self):
        body = json.dumps({"Resources": {
            "A": bucket("a"), "B": bucket("b"), "C": kept("Cognito::UserPoolGroup"), "D": kept("S3::BucketPolicy")}})
        found = cfn.get_template_summary(TemplateBody=body)["ResourceIdentifierSummaries"]
        self.assertEqual([tuple(each.values()) for each in found], [
            ("AWS::Cognito::UserPoolGroup", ["C"], ["UserPoolId,GroupName"]),
            ("AWS::S3::Bucket", ["A", "B"], ["BucketName"])])


class RefusedTest(Imports):
    def test_a_template_that_does_more_than_import(self):
        one, wanted = bucket("more"), make_bucket("more")
        refusals = {
            r"resources \[Two\] in your template that are not being imported": {"One": one, "Two": bucket("two")},
            r"\[One\] must have DeletionPolicy": {"One": {k: v for k, v in one.items() if k != "DeletionPolicy"}},
            r"\[One\] of ResourcesToImport are not in the template": {"Other": one},
            r"Unresolved resource dependencies \[Policy\]": {"One": one | {"DependsOn": "Policy"}},
            r"Unresolved resource dependencies \[Logs\]":
                {"One": bucket("more", LoggingConfiguration={"DestinationBucketName": {"Ref": "Logs"}})},
            r"is not that of the template": {"One": kept("DynamoDB::Table", TableName="more")},
        }
        for words, resources in refusals.items():
            with self.subTest(words):
                self.refused(words, "More", resources, wanted)
        self.refused(r"cannot modify or add \[Outputs\]", "More", {"One": one}, wanted, outputs={"A": {"Value": "b"}})
        self.refused("BucketName is wanted", "More", {"One": one}, {"One": ("S3::Bucket", {"Arn": "more"})})
        self.refused("not supported for Import", "More", {"One": kept("S3::BucketPolicy", Bucket="more")},
                     {"One": ("S3::BucketPolicy", {"Bucket": "more"})})
        self.refused("Stack with id More does not exist", "More", {"One": one})

    def test_what_another_stack_has(self):
        wanted = make_bucket("taken")
        execute("Owner", {"One": bucket("taken")}, wanted)
        told = change_set("Thief", {"One": bucket("taken")}, wanted)
        self.assertEqual((told["Status"], told["ExecutionStatus"]), ("FAILED", "UNAVAILABLE"))
        self.assertRegex(told["StatusReason"], "One already exists in stack .*/Owner/")
        # Once that stack is gone, it is free: such a stack keeps it.
        cfn.delete_stack(StackName="Owner")
        cfn.get_waiter("stack_delete_complete").wait(StackName="Owner", WaiterConfig={"Delay": 1})
        cfn.delete_change_set(StackName="Thief", ChangeSetName="set")
        self.assertEqual(execute("Thief", {"One": bucket("taken")}, wanted), "IMPORT_COMPLETE")

    def test_what_is_not_there(self):
        wanted = {"One": ("S3::Bucket", {"BucketName": "missing"})}
        self.assertEqual(execute("Missing", {"One": bucket("missing")}, wanted), "IMPORT_ROLLBACK_COMPLETE")
        failed = [each["LogicalResourceId"] for each in cfn.describe_stack_events(StackName="Missing")["StackEvents"]
                  if each["ResourceStatus"] == "IMPORT_FAILED"]
        self.assertEqual(failed, ["One"])
        make_bucket("missing")
        self.assertEqual(execute("Missing", {"One": bucket("missing")}, wanted), "IMPORT_COMPLETE")

    def test_another_one_than_the_template_says(self):
        wanted = make_bucket("this")
        self.assertEqual(execute("Another", {"One": bucket("that")}, wanted), "IMPORT_ROLLBACK_COMPLETE")

    def test_whose_a_resource_is(self):
        execute("Whose", {"One": bucket("whose")}, make_bucket("whose"))
        found = cfn.describe_stack_resources(PhysicalResourceId="whose")["StackResources"]
        self.assertEqual([each["StackName"] for each in found], ["Whose"])
        with self.assertRaisesRegex(ClientError, "Stack for nobodys does not exist"):
            cfn.describe_stack_resources(PhysicalResourceId="nobodys")


if __name__ == "__main__":
    unittest.main()
