# SPDX-License-Identifier: Apache-2.0
"""What goes when everything is taken away, and what stays."""
import unittest

from botocore.exceptions import ClientError

from localaws.templates import Stack, remove
from localaws.templates.errors import TemplateError
from localaws.templates.handler import Handler
from localaws.templates.types import HANDLERS

from .applied import ACCOUNT, HOME
from .case import UpdatedCase


class Removal(UpdatedCase):
    @classmethod
    def tearDownClass(cls) -> None:
        cls.world.cloud.stop()  # since nothing is left in it

    def test_a_protected_table_cannot_be_deleted(self) -> None:
        table = self.stack("Data").one("AWS::DynamoDB::Table")
        alone = Stack("Data", HOME, ACCOUNT, {"Comments": table})
        with self.assertRaisesRegex(TemplateError, "^Comments: .*protected against deletion"):
            remove({"Resources": {"Comments": {"Type": table.type}}}, alone, client=self.world.client)

    def test_z_of_everything_keeps_what_is_to_be_kept(self) -> None:
        # One stack is in the first deployment alone: what an option no longer wants, nobody deletes by itself.
        templates = self.world.templates("second")
        templates |= {name: each for name, each in self.world.templates("first").items() if name not in templates}
        self.assertEqual(set(templates), set(self.world.stacks))
        for name in reversed(list(templates)):
            remove(templates[name].body, self.world.stacks[name], client=self.world.client)
        kept = self.client("dynamodb").get_item(TableName="CommentairesAlternance", Key={"id": {"S": "kept"}})
        self.assertIn("Item", kept)
        buckets = {each["Name"] for each in self.client("s3").list_buckets()["Buckets"]}
        self.assertLessEqual({f"palabre-production-{of}-{ACCOUNT}" for of in ("site", "backup", "logs")}, buckets)
        pool = self.stack("Data").one("AWS::Cognito::UserPool").ref
        people = self.client("cognito-idp").describe_user_pool(UserPoolId=pool)["UserPool"]
        self.assertEqual(people["Name"], "palabre-production")
        self.client("secretsmanager").get_secret_value(SecretId="palabre/production/edge-2")
        self.assertEqual(self.client("apigateway").get_rest_apis()["items"], [])
        self.assertEqual(self.client("apigateway").get_usage_plans()["items"], [])
        self.assertEqual(self.client("cloudfront").list_distributions()["DistributionList"]["Items"], [])
        self.assertEqual(self.client("scheduler").list_schedules()["Schedules"], [])
        self.assertEqual(self.client("cloudwatch").describe_alarms()["MetricAlarms"], [])
        self.assertEqual(self.client("sns").list_topics()["Topics"], [])
        with self.assertRaises(ClientError):
            self.client("lambda").get_function(FunctionName="palabre-production-api")
        # Every environment uses the one logging role and the one provider of the account. The rest is the CDK's own.
        roles = [each["RoleName"] for each in self.client("iam").list_roles()["Roles"]]
        self.assertEqual({each.split("-")[3] for each in roles if not each.startswith("cdk-")}, {"GatewayLoggingRole"})
        self.assertEqual(len(self.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]), 1)

    def test_every_handler_can_delete(self) -> None:
        for type, handler in HANDLERS.items():
            self.assertIsNot(handler.__class__.delete, Handler.delete, type)


if __name__ == "__main__":
    unittest.main()
