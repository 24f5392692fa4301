# SPDX-License-Identifier: Apache-2.0
"""What an earlier life of the environment left: found by its name, refused where it is another's, and taken in."""

import json
import pathlib
import tempfile
import unittest
import unittest.mock

import botocore.exceptions
import ground
from deploy import adopt, cdk, environment, kept, say, stacks

HOST = "token.actions.githubusercontent.com"
NAMES, ACCOUNT = ground.NAMES, ground.ACCOUNT


def resource(kind, after=(), policy="Retain", **properties):
    made = {"Type": f"AWS::{kind}", "Properties": properties, "DeletionPolicy": policy}
    return made | ({"DependsOn": list(after)} if after else {})


def bucket(name, *after):
    """Its name as the CDK writes it, with the number of the account left to CloudFormation."""
    joined = {"Fn::Join": ["", [name.removesuffix(ACCOUNT), {"Ref": "AWS::AccountId"}]]}
    return resource("S3::Bucket", after, BucketName=joined)


TEMPLATES = {
    "Data": {
        # Before its pool, on purpose.
        "Moderators": resource("Cognito::UserPoolGroup", UserPoolId={"Ref": "People"}, GroupName="moderators"),
        "Comments": resource("DynamoDB::Table", TableName=NAMES["table"]),
        "Logs": bucket(NAMES["logBucket"]),
        "LogsPolicy": resource("S3::BucketPolicy", policy="Delete", Bucket={"Ref": "Logs"}),
        "Backups": bucket(NAMES["backupBucket"], "LogsPolicy"),
        "People": resource("Cognito::UserPool", UserPoolName=NAMES["userPool"]),
        "Edge": resource("SecretsManager::Secret", Name=NAMES["edgeSecret"]),
    },
    "Api": {"Role": resource("IAM::Role", AssumeRolePolicyDocument={}),
            "Account": resource("ApiGateway::Account", CloudWatchRoleArn={"Fn::GetAtt": ["Role", "Arn"]})},
    "Site": {"Site": bucket(NAMES["siteBucket"])},
    "GitHub": {"GitHub": resource("IAM::OIDCProvider", Url=f"https://{HOST}")},
}


class InAssembly(ground.InCloud):
    def setUp(self):
        super().setUp()
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(unittest.mock.patch.object(adopt, "ASSEMBLY", folder / "cdk.out"))
        self.enterContext(unittest.mock.patch.object(environment, "ROOT", folder))
        adopt.ASSEMBLY.mkdir()
        for part, resources in TEMPLATES.items():
            written = {"Resources": resources, "Outputs": {"Any": {"Value": "any"}}, "Parameters": {"Any": {}}}
            self.template(adopt.ASSEMBLY, part).write_text(json.dumps(written))
        (adopt.ASSEMBLY / "manifest.json").write_text("{}")
        (adopt.ASSEMBLY / "asset.1.zip").write_bytes(b"PK")
        self.staging = ground.staging(github="ines/portfolio")

    @staticmethod
    def template(folder, part):
        return folder / f"Palabre-staging-{part}.template.json"

    def pool(self, name=NAMES["userPool"]):
        return self.aws("cognito-idp").create_user_pool(PoolName=name)["UserPool"]["Id"]

    def provider(self):
        """Debian 12's boto3 wants a thumbprint, which AWS has not looked at for years."""
        return self.aws("iam").create_open_id_connect_provider(
            Url=f"https://{HOST}", ThumbprintList=["0" * 40])["OpenIDConnectProviderArn"]

    def make_table(self):
        self.aws("dynamodb").create_table(
            TableName=NAMES["table"], BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])

    def look(self):
        return {each.part: {logical: found.identifier for logical, found in each.found.items()}
                for each in adopt.look(self.staging)}

    def refused(self, status=say.REFUSED):
        with self.assertRaises(say.Stop) as stopped:
            adopt.look(self.staging)
        self.assertEqual(stopped.exception.status, status)
        return str(stopped.exception)


class Looks(InAssembly):
    def test_a_new_account_has_nothing(self):
        self.assertEqual(self.look(), {})
        with ground.Spoken() as said:
            adopt.show([])
        self.assertEqual(str(said), "")

    def test_whatever_an_environment_keeps(self):
        self.make_table()
        for name in ("siteBucket", "backupBucket", "logBucket"):
            self.make_bucket(NAMES[name])
        pool, _ = self.pool(), self.pool("palabre-production")
        self.aws("cognito-idp").create_group(UserPoolId=pool, GroupName="moderators")
        secret = self.aws("secretsmanager").create_secret(Name=NAMES["edgeSecret"], SecretString="any")["ARN"]
        iam, role = self.aws("iam"), "Palabre-staging-Api-GatewayLoggingRole-1A2B"
        provider = self.provider()
        arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        change = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
        self.aws("apigateway").update_account(patchOperations=[change])
        self.assertEqual(self.look(), {
            "Data": {"Comments": {"TableName": NAMES["table"]}, "Logs": {"BucketName": NAMES["logBucket"]},
                     "Backups": {"BucketName": NAMES["backupBucket"]}, "People": {"UserPoolId": pool},
                     "Moderators": {"UserPoolId": pool, "GroupName": "moderators"}, "Edge": {"Id": secret}},
            "Api": {"Role": {"RoleName": role}},
            "Site": {"Site": {"BucketName": NAMES["siteBucket"]}},
            "GitHub": {"GitHub": {"Arn": provider}},
        })
        with ground.Spoken() as said:
            adopt.show(adopt.look(self.staging))
        for words in [f"found again   the table {NAMES['table']}: all comments", "the backups", "who may moderate",
                      "its group moderators", "GitHub's provider"]:
            self.assertIn(words, str(said))

    def test_another_environments_logging_role_is_let_alone(self):
        arn = self.aws("iam").create_role(RoleName="Palabre-production-Api-GatewayLoggingRole-1A2B",
                                          AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        change = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
        self.aws("apigateway").update_account(patchOperations=[change])
        self.assertEqual(self.look(), {})

    def test_where_the_stacks_stand_nothing_is_looked_for(self):
        self.make_table()
        for part in TEMPLATES:
            self.make_stack(part, {})
            self.template(adopt.ASSEMBLY, part).unlink()
        self.assertEqual(self.look(), {})

    def test_without_github_its_template_is_an_old_one(self):
        self.provider()
        self.staging = ground.STAGING
        self.assertEqual(self.look(), {})

    def test_a_first_deployment_that_failed_left_things_too(self):
        self.make_table()
        for status in ("ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "IMPORT_ROLLBACK_COMPLETE"):
            with unittest.mock.patch.object(stacks, "status", lambda *_, status=status: status):
                self.assertEqual(list(self.look()), ["Data"], status)
        with unittest.mock.patch.object(stacks, "status", lambda *_: "UPDATE_ROLLBACK_COMPLETE"):
            self.assertEqual(self.look(), {})


class Refusals(InAssembly):
    def owned(self, **owners):
        self.enterContext(unittest.mock.patch.object(stacks, "owner", lambda _, physical: owners.get(physical)))

    def test_two_pools_of_one_name(self):
        pools = self.pool(), self.pool()
        said = self.refused()
        for pool in pools:
            self.assertIn(pool, said)

    def test_a_pool_that_another_stack_has_is_not_ours(self):
        another, ours = self.pool(), self.pool()
        self.owned(**{another: "Another"})
        self.assertEqual(self.look(), {"Data": {"People": {"UserPoolId": ours}}})

    def test_a_table_that_another_stack_has(self):
        self.make_table()
        self.owned(**{NAMES["table"]: "Another"})
        said = self.refused()
        self.assertIn("the stack Another has it already", said)
        self.assertIn(f"the table {NAMES['table']}", said)

    def test_githubs_provider_of_another_environment(self):
        provider = self.provider()
        self.owned(**{provider: "Palabre-production-GitHub"})
        self.assertIn("accountParts is 'existing'", self.refused())

    def test_whoever_may_not_look_is_told_what_to_do(self):
        for code in ("AccessDenied", "AccessDeniedException", "403"):
            error = botocore.exceptions.ClientError({"Error": {"Code": code, "Message": "no"}}, "DescribeTable")
            with unittest.mock.patch.dict(kept.FINDERS, {"AWS::DynamoDB::Table": unittest.mock.Mock(side_effect=error)}):
                said = self.refused(say.MISSING)
            self.assertIn("may not look", said)
            self.assertIn("Palabre-staging-Data", said)

    def test_whoever_may_not_ask_whose_it_is(self):
        self.make_table()
        error = botocore.exceptions.ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "Describe")
        with unittest.mock.patch.object(stacks, "owner", unittest.mock.Mock(side_effect=error)):
            self.assertIn("may not look", self.refused(say.MISSING))


class Owner(unittest.TestCase):
    """What AWS says of a resource, which the server of these tests cannot tell."""

    def owner(self, status):
        answer = [{"StackName": "A", "PhysicalResourceId": "other", "ResourceStatus": "CREATE_COMPLETE"},
                  {"StackName": "A", "PhysicalResourceId": "table", "ResourceStatus": status}]
        client = unittest.mock.Mock(**{"describe_stack_resources.return_value": {"StackResources": answer}})
        with unittest.mock.patch.object(stacks.cloud, "client", lambda *_: client):
            return stacks.owner(ground.REGION, "table")

    def test_a_stack_that_lets_go_has_it_no_more(self):
        self.assertEqual(self.owner("CREATE_COMPLETE"), "A")
        self.assertEqual(self.owner("IMPORT_COMPLETE"), "A")
        self.assertIsNone(self.owner("DELETE_SKIPPED"))


class TakesIn(InAssembly):
    def cdk(self, words, log, *_):
        """Reads what it is given while it is there, as the CDK does."""
        stack, folder, mapping = words[1], pathlib.Path(words[3]), pathlib.Path(words[5])
        self.assertEqual([words[0], words[2], words[4]], ["import", "--app", "--resource-mapping"])
        self.assertTrue((folder / "manifest.json").exists())
        self.assertFalse((folder / "asset.1.zip").exists())
        self.calls.append((stack, json.loads(mapping.read_text()),
                           json.loads((folder / f"{stack}.template.json").read_text())))

    def take_in(self):
        self.calls = []
        with ground.Spoken() as said, unittest.mock.patch.object(cdk, "run", self.cdk):
            adopt.take_in(self.staging, adopt.look(self.staging))
        return str(said)

    def test_each_stack_gets_what_is_its_own_and_nothing_else(self):
        for name in ("siteBucket", "backupBucket", "logBucket"):
            self.make_bucket(NAMES[name])
        said = self.take_in()
        (data, mapping, template), (site, *_) = self.calls
        self.assertEqual((data, site), ("Palabre-staging-Data", "Palabre-staging-Site"))
        self.assertEqual(mapping, {"Logs": {"BucketName": NAMES["logBucket"]},
                                   "Backups": {"BucketName": NAMES["backupBucket"]}})
        own = TEMPLATES["Data"]
        without_order = {part: each for part, each in own["Backups"].items() if part != "DependsOn"}
        self.assertEqual(template, {"Resources": {"Logs": own["Logs"], "Backups": without_order}})
        self.assertIn("Data: 2 of what was found again", said)

    def test_what_the_deployment_will_read_stays_as_it_is(self):
        self.make_bucket(NAMES["backupBucket"])
        before = self.template(adopt.ASSEMBLY, "Data").read_text()
        self.take_in()
        self.assertEqual(self.template(adopt.ASSEMBLY, "Data").read_text(), before)

    def test_nothing_found_nothing_done(self):
        self.assertEqual((self.take_in(), self.calls), ("", []))


if __name__ == "__main__":
    unittest.main()
