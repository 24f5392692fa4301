# SPDX-License-Identifier: Apache-2.0
"""The end of an environment: what stays, what goes, and what goes only when it was named. Runs last, by its name."""
import unittest
import uuid

from localaws.services import ACCOUNT

from .deployed import ENVIRONMENT, deployed

OWN = f"palabre-{ENVIRONMENT}"
TABLE = "CommentairesAlternance"
BUCKETS = {f"{OWN}-{each}-{ACCOUNT}" for each in ("site", "backup", "logs")}
SECRET, EDIT_SECRET = f"palabre/{ENVIRONMENT}/edge-1", f"/palabre/{ENVIRONMENT}/edit_secret"


class Destroy(unittest.TestCase):
    def test_data_stays_until_it_is_named(self):
        """One story, since each chapter needs the one before."""
        self.site = deployed()
        self.client = self.site.world.cloud.client
        posted = self.site.post(f"proof-{uuid.uuid4()}", "Shall stay").json()["id"]
        pools = self.pools()

        with self.subTest("--destroy keeps what holds data"):
            told = self.site.deploy("--destroy")
            self.assertIn(f"the table {TABLE}: all comments", told.stdout)
            self.assertIn(posted, str(self.scan()))
            self.assertEqual(self.buckets(), BUCKETS)
            self.assertEqual(self.pools(), pools)
            self.assertEqual(self.client("secretsmanager").describe_secret(SecretId=SECRET)["Name"], SECRET)
            self.assertEqual(self.client("ssm").get_parameter(Name=EDIT_SECRET)["Parameter"]["Name"], EDIT_SECRET)
            protected = self.client("dynamodb").describe_table(TableName=TABLE)["Table"]["DeletionProtectionEnabled"]
            self.assertTrue(protected)

        with self.subTest("--destroy removes the rest"):
            self.assertEqual(self.stacks(), set())
            self.assertEqual(self.client("lambda").list_functions()["Functions"], [])
            self.assertEqual(self.client("apigateway").get_rest_apis()["items"], [])
            self.assertEqual(self.client("apigateway").get_api_keys()["items"], [])
            self.assertEqual(self.client("cloudfront").list_distributions()["DistributionList"].get("Items", []), [])
            self.assertEqual(self.client("scheduler").list_schedules()["Schedules"], [])
            self.assertEqual(self.roles(), [])
            self.assertEqual(self.client("codedeploy").list_applications()["applications"], [])

        with self.subTest("a new ./deploy says which name is taken, and touches nothing of it"):
            told = self.site.deploy(options={"accountParts": "existing"}, expect=1)
            self.assertRegex(told.stdout + told.stderr, r"(?i)already (exists|own)|in use|preexisting|exists")
            self.assertNotIn("Traceback", told.stderr)
            self.assertIn(posted, str(self.scan()))
            self.assertEqual(self.buckets(), BUCKETS)

        with self.subTest("--and-data wants the right name"):
            self.site.deploy("--destroy", "--and-data", "staging", expect=2)
            self.assertIn(posted, str(self.scan()))

        with self.subTest("--and-data removes all"):
            self.site.deploy("--destroy", "--and-data", ENVIRONMENT)
            self.assertEqual(self.client("dynamodb").list_tables()["TableNames"], [])
            self.assertEqual(self.buckets(), set())
            self.assertEqual(self.pools(), [])
            self.assertEqual(self.client("ssm").describe_parameters(ParameterFilters=[
                {"Key": "Name", "Option": "BeginsWith", "Values": [f"/palabre/{ENVIRONMENT}/"]}])["Parameters"], [])
            self.assertEqual(self.stacks(), set())

    def scan(self):
        return self.client("dynamodb").scan(TableName=TABLE)["Items"]

    def buckets(self):
        return {each["Name"] for each in self.client("s3").list_buckets()["Buckets"] if each["Name"].startswith(OWN)}

    def pools(self):
        found = self.client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
        return [each["Id"] for each in found if each["Name"] == OWN]

    def roles(self):
        """But for what the account has once: the gateway's."""
        return [each["RoleName"] for each in self.client("iam").list_roles()["Roles"]
                if each["RoleName"].lower().startswith("palabre-") and "GatewayLoggingRole" not in each["RoleName"]]

    def stacks(self):
        return {each["StackName"] for region in ("eu-west-3", "us-east-1")
                for each in self.client("cloudformation", region).describe_stacks()["Stacks"]
                if each["StackName"].startswith("Palabre-") and each["StackStatus"] != "DELETE_COMPLETE"}


if __name__ == "__main__":
    unittest.main()
