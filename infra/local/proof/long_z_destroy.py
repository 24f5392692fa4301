# SPDX-License-Identifier: Apache-2.0
"""The end of an environment, and its second life: what stays, what goes, what is found again, and what goes only when
it was named. Runs last, by its name."""
import unittest
import unittest.mock
import uuid

from botocore.exceptions import ClientError

from localaws.services import ACCOUNT
from localaws.templates.types import HANDLERS

from . import people
from .deployed import ENVIRONMENT, deployed

OWN = f"palabre-{ENVIRONMENT}"
TABLE = "CommentairesAlternance"
CACHED_SECONDS = 60  # until then the edge may show what was before, and a deployment that changes nothing is quick
BACKUPS = f"{OWN}-backup-{ACCOUNT}"
BUCKETS = {f"{OWN}-{each}-{ACCOUNT}" for each in ("site", "backup", "logs")}
SECTION = f"proof-{uuid.uuid4()}"
SECRET, EDIT_SECRET = f"palabre/{ENVIRONMENT}/edge-1", f"/palabre/{ENVIRONMENT}/edit_secret"


class Destroy(unittest.TestCase):
    def test_data_stays_until_it_is_named(self):
        """One story, since each chapter needs the one before."""
        self.site = deployed()
        self.client = self.site.world.cloud.client
        posted = self.site.post(SECTION, "Shall stay").json()["id"]
        pools, logging_roles = self.pools(), self.roles("GatewayLoggingRole")
        providers = self.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
        person = people.sign_in(self.site, "remains", "moderators").address

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
            self.assertEqual(self.roles(), logging_roles)
            self.assertEqual(self.client("codedeploy").list_applications()["applications"], [])

        with self.subTest("a new ./deploy finds all of it again, and breaks off when that is done"):
            log = {"logGroupName": f"/aws/lambda/{OWN}-api"}
            self.client("logs").create_log_group(**log)  # whose name the stack Api wants
            told = self.site.deploy(expect=1)
            self.client("logs").delete_log_group(**log)
            for line in (f"the table {TABLE}: all comments", f"the user pool {OWN}: who may moderate",
                         "its group moderators", "GitHub's provider", "the role by which the gateways"):
                self.assertIn(line, told.stdout)
            self.assertNotIn("Traceback", told.stderr)
            self.assertIn(posted, str(self.scan()))

        with self.subTest("the next one goes on from there"):
            told = self.site.deploy()
            self.assertNotIn("found again", told.stdout)
            del self.site.site_key  # the gateway made another one, and the pages have it
            self.assertEqual(self.comments(), ["Shall stay"])
            self.assertEqual(self.buckets(), BUCKETS)
            self.assertEqual(self.pools(), pools)
            groups = self.client("cognito-idp").admin_list_groups_for_user(UserPoolId=pools[0], Username=person)["Groups"]
            self.assertEqual([each["GroupName"] for each in groups], ["moderators"])
            self.assertEqual(self.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"], providers)
            self.assertEqual(self.roles("GatewayLoggingRole"), logging_roles)
            self.assertEqual(self.site.post(SECTION, "Is new").status, 201)

        with self.subTest("once more: there is nothing to find, and nothing changes"):
            told = self.site.deploy()
            self.assertNotIn("found again", told.stdout)
            self.assertIn("none: what stands there is what would be deployed", told.stdout)
            with self.site.clock.later(CACHED_SECONDS):
                self.assertEqual(sorted(self.comments()), ["Is new", "Shall stay"])

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

        with self.subTest("a first deployment fails where a name is taken, and keeps what it had made"), self.taken():
            self.site.deploy(expect=1)
            self.assertEqual(self.status("Data"), "ROLLBACK_COMPLETE")
            self.assertEqual(len(self.pools()), 1)
            self.put("From the first life")
            pools = self.pools()
            self.client("s3").delete_bucket(Bucket=BACKUPS)  # the next one makes it anew

        with self.subTest("the next one finds it, and fails on the same name"), self.taken():
            told = self.site.deploy(expect=1)
            self.assertIn("The stack Palabre-production-Data, whose making failed, is deleted before", told.stdout)
            self.assertIn("taken in      Data: 3 of", told.stdout)
            self.assertEqual(self.status("Data"), "UPDATE_ROLLBACK_COMPLETE")
            self.assertIn(BACKUPS, self.buckets())

        with self.subTest("the name is free: what the update had made is found around what stands"):
            told = self.site.deploy()
            self.assertIn(f"found again   the bucket {BACKUPS}", told.stdout)
            self.assertIn("taken in      Data: 1 of", told.stdout)
            self.assertEqual(self.pools(), pools)
            self.assertIn("From the first life", str(self.scan()))
            del self.site.site_key
            self.assertEqual(self.site.post(SECTION, "Third life").status, 201)

    def taken(self):
        """The pool's domain, which moto would give twice."""
        error = {"Code": "InvalidParameterException", "Message": "Domain already associated with another user pool."}
        refusal = ClientError({"Error": error}, "CreateUserPoolDomain")
        return unittest.mock.patch.object(HANDLERS["AWS::Cognito::UserPoolDomain"], "create", side_effect=refusal)

    def put(self, text):
        self.client("dynamodb").put_item(TableName=TABLE, Item={"id": {"S": text}})

    def status(self, part):
        [stack] = self.client("cloudformation").describe_stacks(StackName=f"Palabre-{ENVIRONMENT}-{part}")["Stacks"]
        return stack["StackStatus"]

    def scan(self):
        return self.client("dynamodb").scan(TableName=TABLE)["Items"]

    def buckets(self):
        return {each["Name"] for each in self.client("s3").list_buckets()["Buckets"] if each["Name"].startswith(OWN)}

    def pools(self):
        found = self.client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
        return [each["Id"] for each in found if each["Name"] == OWN]

    def comments(self):
        """As a reader sees them."""
        return [each["text"] for each in self.site.ask("GET", f"/commentaires?sectionId={SECTION}").json()["comments"]]

    def roles(self, word=""):
        return [each["RoleName"] for each in self.client("iam").list_roles()["Roles"]
                if each["RoleName"].lower().startswith("palabre-") and word in each["RoleName"]]

    def stacks(self):
        return {each["StackName"] for region in ("eu-west-3", "us-east-1")
                for each in self.client("cloudformation", region).describe_stacks()["Stacks"]
                if each["StackName"].startswith("Palabre-") and each["StackStatus"] != "DELETE_COMPLETE"}


if __name__ == "__main__":
    unittest.main()
