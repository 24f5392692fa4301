# SPDX-License-Identifier: Apache-2.0
"""The templates of an environment that keeps things, and those things in an account."""

import json
import pathlib
import tempfile
import unittest
import unittest.mock

import ground
from deploy import environment, say, search, stacks

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
        self.enterContext(unittest.mock.patch.object(search, "ASSEMBLY", folder / "cdk.out"))
        self.enterContext(unittest.mock.patch.object(environment, "ROOT", folder))
        search.ASSEMBLY.mkdir()
        for part, resources in TEMPLATES.items():
            written = {"Resources": resources, "Outputs": {"Any": {"Value": "any"}}, "Parameters": {"Any": {}}}
            self.template(search.ASSEMBLY, part).write_text(json.dumps(written))
        (search.ASSEMBLY / "manifest.json").write_text("{}")
        (search.ASSEMBLY / "asset.1.zip").write_bytes(b"PK")
        self.staging = ground.staging(github="ines/portfolio")

    @staticmethod
    def template(folder, part):
        return folder / f"Palabre-staging-{part}.template.json"

    def pool(self, name=NAMES["userPool"]):
        return self.aws("cognito-idp").create_user_pool(PoolName=name)["UserPool"]["Id"]

    def provider(self, **tags):
        """Debian 12's boto3 wants a thumbprint, which AWS has not looked at for years."""
        return self.aws("iam").create_open_id_connect_provider(
            Url=f"https://{HOST}", ThumbprintList=["0" * 40],
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()])["OpenIDConnectProviderArn"]

    def secret(self):
        return self.aws("secretsmanager").create_secret(Name=NAMES["edgeSecret"], SecretString="any")["ARN"]

    def people(self):
        """The pool, with a group."""
        pool = self.pool()
        self.aws("cognito-idp").create_group(UserPoolId=pool, GroupName="moderators")
        return pool

    def standing(self, part, *logical, status="UPDATE_ROLLBACK_COMPLETE", **has):
        """A stack whose template names what is given, and which has `has`."""
        for name, told in {"status": status, "named": set(logical) | set(has), "resources": has}.items():
            before = getattr(stacks, name)
            self.enterContext(unittest.mock.patch.object(
                stacks, name, lambda there, of, told=told, before=before: told if of == part else before(there, of)))

    def make_table(self):
        self.aws("dynamodb").create_table(
            TableName=NAMES["table"], BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])

    def look(self):
        return {each.part: {logical: found.identifier for logical, found in each.found.items()}
                for each in search.look(self.staging)}

    def refused(self, status=say.REFUSED):
        with self.assertRaises(say.Stop) as stopped:
            search.look(self.staging)
        self.assertEqual(stopped.exception.status, status)
        return str(stopped.exception)
