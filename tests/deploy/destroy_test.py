# SPDX-License-Identifier: Apache-2.0
"""What stays of an environment that was destroyed, and what goes when its name was typed once more."""

import argparse
import json
import unittest
import unittest.mock

import ground
from deploy import cdk, destroy, say


def protect(params, **_):
    """Debian 12's boto3 does not know the word yet."""
    params["body"] = json.dumps({**json.loads(params["body"]), "DeletionProtectionEnabled": True}).encode()


class Destroy(ground.InCloud):
    def setUp(self):
        super().setUp()
        names = ground.NAMES
        dynamodb = self.aws("dynamodb")
        dynamodb.meta.events.register("before-call.dynamodb.CreateTable", protect)
        dynamodb.create_table(
            TableName=names["table"], BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        for bucket in ("siteBucket", "backupBucket", "logBucket"):
            s3 = self.make_bucket(names[bucket])
            for text in (b"one", b"two"):
                s3.put_object(Bucket=names[bucket], Key="a", Body=text)
            s3.put_object(Bucket=names[bucket], Key="b", Body=b"")
            s3.delete_object(Bucket=names[bucket], Key="b")   # leaves a version, and a mark
        for name in (names["userPool"], "palabre-production"):
            self.aws("cognito-idp").create_user_pool(PoolName=name, DeletionProtection="ACTIVE")
        self.aws("secretsmanager").create_secret(Name=names["edgeSecret"], SecretString="any")
        self.aws("ssm").put_parameter(Name="/palabre/staging/edit_secret", Type="SecureString", Value="any")
        self.calls = []

    def destroy(self, **how):
        arguments = argparse.Namespace(**{"environment": "staging", "code": None, "options": None, "yes": True,
                                          "and_data": None, **how})
        with ground.Spoken() as said, \
                unittest.mock.patch.object(cdk, "run", lambda words, *_: self.calls.append(words)), \
                unittest.mock.patch("sys.stdin.isatty", lambda: False):
            destroy.run(ground.STAGING, arguments)
        return str(said)

    def there(self):
        return {
            "tables": self.aws("dynamodb").list_tables()["TableNames"],
            "buckets": len(self.aws("s3").list_buckets()["Buckets"]),
            "pools": sorted(each["Name"]
                            for each in self.aws("cognito-idp").list_user_pools(MaxResults=9)["UserPools"]),
            "secrets": len(self.aws("secretsmanager").list_secrets()["SecretList"]),
            "parameters": len(self.aws("ssm").describe_parameters()["Parameters"]),
        }

    def test_data_stays(self):
        before = self.there()
        said = self.destroy()
        self.assertEqual(self.there(), before)
        self.assertEqual(self.calls[0][:3], ["destroy", "--all", "--force"])
        self.assertIn("environment=staging", self.calls[0])
        for name in ("CommentairesAlternance-staging", "palabre-staging-backup", "edit_secret",
                     "user pool palabre-staging"):
            self.assertIn(name, said)

    def test_data_goes_when_it_is_named(self):
        self.destroy(and_data="staging")
        self.assertEqual(self.there(), {"tables": [], "buckets": 0, "pools": ["palabre-production"], "secrets": 0,
                                        "parameters": 0})
        self.destroy(and_data="staging")   # what has gone already is no trouble

    def test_the_table_was_protected(self):
        with self.assertRaisesRegex(Exception, "DeletionProtectionEnabled is set to True"):
            self.aws("dynamodb").delete_table(TableName=ground.NAMES["table"])

    def test_another_name_will_not_do(self):
        before = self.there()
        for name in ("production", "yes", ""):
            with self.assertRaises(say.Stop):
                self.destroy(and_data=name)
        self.assertEqual((self.there(), self.calls), (before, []))

    def test_nobody_to_ask(self):
        with self.assertRaisesRegex(say.Stop, "--yes"):
            self.destroy(yes=False)
        self.assertEqual(self.calls, [])

    def test_a_person_types_the_name_once_more(self):
        arguments = argparse.Namespace(environment="staging", code=None, options=None, yes=True, and_data="staging")
        with unittest.mock.patch("sys.stdin.isatty", lambda: True), \
                unittest.mock.patch("builtins.input", lambda _: "yes"), \
                ground.Spoken(), self.assertRaisesRegex(say.Stop, "Nothing was done"):
            destroy.run(ground.STAGING, arguments)
        self.assertEqual(self.there()["buckets"], 3)


if __name__ == "__main__":
    unittest.main()
