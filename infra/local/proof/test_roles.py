# SPDX-License-Identifier: Apache-2.0
"""What each role of the deployment is allowed, uses, and is refused. Every call is a real one, of an SDK."""
import json
import unittest
import uuid
from fnmatch import fnmatchcase

from localaws.services import ACCOUNT

from . import backups, github, people
from .asked import asked_by, provoking
from .deployed import ENVIRONMENT, deployed
from .rights import document_of, listed, without

API, BACKUP = f"palabre-{ENVIRONMENT}-api", f"palabre-{ENVIRONMENT}-backup"
CALLER = f"{BACKUP}-schedule"
TABLE, BACKUPS, SITE = "CommentairesAlternance", f"{BACKUP}-{ACCOUNT}", f"palabre-{ENVIRONMENT}-site-{ACCOUNT}"
OTHER_TABLE, OTHER_SITE = f"{TABLE}-staging", f"palabre-staging-site-{ACCOUNT}"
LOGS = f"palabre-{ENVIRONMENT}-logs-{ACCOUNT}"
KEY = {"id": {"S": "x"}}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})
REFUSED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"}

# Rights that only show their use where something goes wrong.
USED_ELSEWHERE = {
    (BACKUP, "sqs:SendMessage"): "an event that was given up (test_backup)",
}

# service, operation, parameters: what must not go through with the credentials of that role.
API_MAY_NOT = [
    ("dynamodb", "scan", {"TableName": TABLE}),
    ("dynamodb", "delete_table", {"TableName": TABLE}),
    ("dynamodb", "describe_table", {"TableName": TABLE}),
    ("dynamodb", "update_table", {"TableName": TABLE, "DeletionProtectionEnabled": False}),
    ("dynamodb", "batch_write_item", {"RequestItems": {TABLE: [{"DeleteRequest": {"Key": KEY}}]}}),
    ("dynamodb", "list_tables", {}),
    ("dynamodb", "get_item", {"TableName": OTHER_TABLE, "Key": KEY}),
    ("dynamodb", "put_item", {"TableName": OTHER_TABLE, "Item": KEY}),
    ("dynamodb", "export_table_to_point_in_time", {
        "TableArn": f"arn:aws:dynamodb:eu-west-3:{ACCOUNT}:table/{TABLE}", "S3Bucket": BACKUPS}),
    ("ssm", "put_parameter", {"Name": f"/palabre/{ENVIRONMENT}/comments/allowed_origins", "Value": "https://x.example",
                              "Type": "StringList", "Overwrite": True}),
    ("ssm", "get_parameter", {"Name": f"/palabre/{ENVIRONMENT}/edit_secret", "WithDecryption": True}),
    ("ssm", "get_parameters_by_path", {"Path": "/palabre/staging/", "Recursive": True}),
    ("ssm", "get_parameters_by_path", {"Path": "/", "Recursive": True}),
    ("s3", "get_object", {"Bucket": SITE, "Key": "index.html"}),
    ("s3", "list_objects_v2", {"Bucket": BACKUPS}),
    ("s3", "put_object", {"Bucket": SITE, "Key": "index.html", "Body": b"defaced"}),
    ("lambda", "invoke", {"FunctionName": BACKUP, "InvocationType": "Event", "Payload": b"{}"}),
    ("lambda", "update_function_code", {"FunctionName": API, "ZipFile": b""}),
    ("secretsmanager", "get_secret_value", {"SecretId": f"palabre/{ENVIRONMENT}/edge-1"}),
    ("iam", "put_role_policy", {"RoleName": API, "PolicyName": "own", "PolicyDocument": POLICY}),
    ("sts", "assume_role", {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/{BACKUP}", "RoleSessionName": "session"}),
    ("logs", "filter_log_events", {"logGroupName": f"/aws/lambda/{API}"}),
    ("logs", "create_log_stream", {"logGroupName": f"/aws/lambda/{BACKUP}", "logStreamName": "x"}),
]
BACKUP_MAY_NOT = [
    ("s3", "delete_object", {"Bucket": BACKUPS, "Key": "palabre/state.json"}),
    ("s3", "delete_object", {"Bucket": BACKUPS, "Key": "palabre/state.json", "VersionId": "null"}),
    ("s3", "delete_objects", {"Bucket": BACKUPS, "Delete": {"Objects": [{"Key": "palabre/state.json"}]}}),
    ("s3", "put_object", {"Bucket": BACKUPS, "Key": "elsewhere/x", "Body": b""}),
    ("s3", "put_object", {"Bucket": SITE, "Key": "index.html", "Body": b"defaced"}),
    ("s3", "put_object", {"Bucket": LOGS, "Key": "x", "Body": b""}),
    ("s3", "delete_object", {"Bucket": SITE, "Key": "index.html"}),
    ("s3", "get_object", {"Bucket": OTHER_SITE, "Key": "index.html"}),
    ("s3", "get_object", {"Bucket": LOGS, "Key": "x"}),
    ("s3", "list_objects_v2", {"Bucket": LOGS}),
    ("s3", "put_bucket_lifecycle_configuration", {"Bucket": BACKUPS, "LifecycleConfiguration": {"Rules": [
        {"ID": "all", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]}}),
    ("s3", "put_bucket_policy", {"Bucket": BACKUPS, "Policy": POLICY}),
    ("s3", "delete_bucket_policy", {"Bucket": BACKUPS}),
    ("s3", "put_bucket_versioning", {"Bucket": BACKUPS, "VersioningConfiguration": {"Status": "Suspended"}}),
    ("s3", "delete_bucket", {"Bucket": BACKUPS}),
    ("dynamodb", "put_item", {"TableName": TABLE, "Item": KEY}),
    ("dynamodb", "get_item", {"TableName": TABLE, "Key": KEY}),
    ("dynamodb", "scan", {"TableName": TABLE}),
    ("dynamodb", "delete_table", {"TableName": TABLE}),
    ("dynamodb", "update_continuous_backups", {
        "TableName": TABLE, "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": False}}),
    ("dynamodb", "export_table_to_point_in_time", {
        "TableArn": f"arn:aws:dynamodb:eu-west-3:{ACCOUNT}:table/{OTHER_TABLE}", "S3Bucket": BACKUPS}),
    ("ssm", "get_parameters_by_path", {"Path": f"/palabre/{ENVIRONMENT}/"}),
    ("lambda", "invoke", {"FunctionName": BACKUP, "Payload": b"{}"}),
]
CALLER_MAY_NOT = [
    ("lambda", "invoke", {"FunctionName": API, "Payload": b"{}"}),
    ("lambda", "invoke", {"FunctionName": f"{API}:live", "Payload": b"{}"}),
    ("lambda", "update_function_code", {"FunctionName": BACKUP, "ZipFile": b""}),
    ("lambda", "update_function_configuration", {"FunctionName": BACKUP, "Handler": "api"}),
    ("lambda", "delete_function", {"FunctionName": BACKUP}),
    ("s3", "list_objects_v2", {"Bucket": BACKUPS}),
    ("dynamodb", "describe_table", {"TableName": TABLE}),
]
GITHUB_MAY_NOT = [
    ("dynamodb", "get_item", {"TableName": TABLE, "Key": KEY}),
    ("dynamodb", "scan", {"TableName": TABLE}),
    ("dynamodb", "delete_table", {"TableName": TABLE}),
    ("secretsmanager", "get_secret_value", {"SecretId": f"palabre/{ENVIRONMENT}/edge-1"}),
    ("ssm", "get_parameter", {"Name": f"/palabre/{ENVIRONMENT}/edit_secret", "WithDecryption": True}),
    ("ssm", "put_parameter", {"Name": f"/palabre/{ENVIRONMENT}/edit_secret", "Value": "x" * 44,
                              "Type": "SecureString", "Overwrite": True}),
    ("iam", "create_role", {"RoleName": "mine", "AssumeRolePolicyDocument": POLICY}),
    ("iam", "put_role_policy", {"RoleName": API, "PolicyName": "own", "PolicyDocument": POLICY}),
    ("s3", "list_objects_v2", {"Bucket": OTHER_SITE}),
    ("s3", "put_object", {"Bucket": OTHER_SITE, "Key": "index.html", "Body": b"defaced"}),
    ("s3", "list_objects_v2", {"Bucket": BACKUPS}),
    ("s3", "delete_object", {"Bucket": BACKUPS, "Key": "palabre/state.json"}),
    ("s3", "delete_bucket", {"Bucket": SITE}),
    ("lambda", "invoke", {"FunctionName": API, "Payload": b"{}"}),
    ("lambda", "update_function_code", {"FunctionName": API, "ZipFile": b""}),
    ("lambda", "update_alias", {"FunctionName": "palabre-staging-api", "Name": "live", "FunctionVersion": "1"}),
    ("cloudfront", "create_invalidation", {"DistributionId": "E000000000000", "InvalidationBatch": {
        "Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "x"}}),
    ("cloudformation", "describe_stacks", {"StackName": "Palabre-staging-Api"}),
    *[("sts", "assume_role", {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/{role}", "RoleSessionName": "session"})
      for role in (
        API, BACKUP, CALLER, *[f"cdk-hnb659fds-{duty}-role-{ACCOUNT}-eu-west-3"
                               for duty in ("lookup", "image-publishing", "cfn-exec")])],
]


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()
        cls.world = cls.site.world

    def refused(self, role, credentials, table):
        with provoking(self.world):
            for service, operation, parameters in table:
                client = self.world.cloud.client(service, credentials=credentials)
                with self.subTest(role=role, call=f"{service}:{operation}", parameters=parameters):
                    with self.assertRaises(client.exceptions.ClientError) as caught:
                        getattr(client, operation)(**parameters)
                    self.assertIn(caught.exception.response["Error"]["Code"], REFUSED, caught.exception)

    def function(self, role):
        return self.world.cloud.session(self.site.role(role), "lambda.amazonaws.com")

    # --- what they use ---

    def test_what_the_functions_ask_is_allowed_and_what_they_are_allowed_is_asked(self):
        self.use_everything()
        self.world.logs.settle()
        self.assertEqual(self.world.logs.refused, [])
        for name in (API, BACKUP):
            asked = asked_by(self.world, self.site.role(name))
            self.assertEqual([each for each in asked if not each.allowed], [])
            unused = [(name, action) for action, resources in self.rights(name)
                      if not any(each.action == action and any(fnmatchcase(each.resource, one) for one in resources)
                                 for each in asked)]
            self.assertEqual([each for each in unused if each not in USED_ELSEWHERE], [])

    def use_everything(self):
        """Each kind of request, of readers, authors and moderators, and a backup."""
        section = f"proof-{uuid.uuid4()}"
        token = people.sign_in(self.site, f"roles-{uuid.uuid4()}", "moderators").id_token
        first = self.site.post(section, "First").json()
        second = self.site.post(section, "Second", parentId=first["id"]).json()
        held = self.site.post(section, " ".join(f"https://{n}.example" for n in range(9))).json()
        edit = {"edit-token": first["editToken"]}
        decide = {"ids": [held["id"], second["id"]], "decision": "publish"}
        person = {"Authorization": token}
        for status, method, path, body, headers in [
            (200, "GET", f"/commentaires?sectionId={section}", None, {}),
            (200, "GET", f"/commentaires/counts?sectionId={section}&sectionId=other", None, {}),
            (200, "GET", f"/commentaires/{first['id']}", None, {}),
            (200, "PATCH", f"/commentaires/{first['id']}", {"text": "First, and mended"}, edit),
            (200, "POST", "/commentaires/preview", {"text": "*a*"}, {}),
            (200, "GET", "/moderation/commentaires", None, person),
            (200, "GET", "/moderation/commentaires?status=published", None, person),
            (200, "GET", f"/moderation/commentaires/{held['id']}", None, person),
            (200, "POST", "/moderation/decisions", decide, person),
            (200, "POST", "/moderation/decisions", {"ids": [second["id"]], "decision": "delete"}, person),
            (200, "PUT", "/moderation/sections", {"sectionId": section, "closed": True}, person),
            (200, "GET", "/moderation/audit", None, person),
            (200, "GET", "/health", None, {}),
            (204, "DELETE", f"/commentaires/{first['id']}", None, edit),
        ]:
            answer = self.site.ask(method, path, body, headers)
            self.assertEqual(answer.status, status, (method, path, answer))
        backups.back_up(self.site)

    def rights(self, role):
        """Each action of each statement, with the resources that it is for."""
        for statement in document_of(self.site, role)["Statement"]:
            self.assertEqual(statement["Effect"], "Allow")
            resources = listed(statement["Resource"])
            yield from ((action, resources) for action in listed(statement["Action"]))

    # --- what they are refused ---

    def test_the_api_is_refused_everything_else(self):
        credentials = self.function(API)
        with provoking(self.world):
            self.world.cloud.client("dynamodb", credentials=credentials).get_item(TableName=TABLE, Key=KEY)
        self.refused(API, credentials, API_MAY_NOT)

    def test_the_backup_is_refused_everything_else(self):
        credentials = self.function(BACKUP)
        with provoking(self.world):
            self.world.cloud.client("s3", credentials=credentials).list_objects_v2(Bucket=SITE)
        self.refused(BACKUP, credentials, BACKUP_MAY_NOT)

    def test_the_schedules_may_call_the_backup_and_nothing_else(self):
        credentials = self.world.cloud.session(
            self.site.role(CALLER), "scheduler.amazonaws.com", {"aws:SourceAccount": ACCOUNT})
        answer = self.world.cloud.client("lambda", credentials=credentials).invoke(
            FunctionName=BACKUP, Payload=b'{"finish":true}')
        self.assertNotIn("FunctionError", answer)
        self.refused(CALLER, credentials, CALLER_MAY_NOT)

    def test_the_workflows_may_deploy_and_read_no_data(self):
        credentials = self.from_github(f"repo:ines/portfolio:environment:{ENVIRONMENT}")
        with provoking(self.world):
            alias = self.world.cloud.client("lambda", credentials=credentials).get_alias(FunctionName=API, Name="live")
        self.assertTrue(alias["FunctionVersion"].isdigit())
        self.refused("github", credentials, GITHUB_MAY_NOT)

    # --- who may become whom ---

    def test_only_workflows_of_this_repository_and_environment_become_the_deployer(self):
        for sub in ("repo:ines/other:environment:production", "repo:ines/portfolio:environment:staging",
                    "repo:ines/portfolio:ref:refs/heads/main", "repo:ines/portfolio:pull_request",
                    "repo:mallory/portfolio:environment:production", "repo:ines/portfolio:environment:production2"):
            with self.subTest(sub):
                self.assert_not_trusted(lambda sub=sub: self.from_github(sub))
        right = f"repo:ines/portfolio:environment:{ENVIRONMENT}"
        self.assert_not_trusted(lambda: self.from_github(right, aud="https://github.com/ines"))
        self.assert_not_trusted(lambda: self.from_github(right, issuer="https://token.example.org"))
        self.assert_not_trusted(lambda: self.from_github(right, role=API))

    def test_only_their_service_becomes_the_other_roles(self):
        services = {"lambda": [API, BACKUP], "scheduler": [CALLER], "apigateway": [self.made_role("LoggingRole")],
                    "codedeploy": [self.made_role("ReleaseServiceRole")]}
        with provoking(self.world):
            for owner, roles in services.items():
                for role in roles:
                    self.world.cloud.session(self.site.role(role), f"{owner}.amazonaws.com",
                                             {"aws:SourceAccount": ACCOUNT})
                    for other in {*services, "ec2", "cloudformation"} - {owner}:
                        with self.subTest(role=role, service=other), self.assertRaises(PermissionError):
                            self.world.cloud.session(self.site.role(role), f"{other}.amazonaws.com",
                                                     {"aws:SourceAccount": ACCOUNT})

    def test_schedules_of_other_accounts_do_not_become_the_caller(self):
        for context in ({}, {"aws:SourceAccount": "210987654321"}):
            with provoking(self.world), self.assertRaises(PermissionError):
                self.world.cloud.session(self.site.role(CALLER), "scheduler.amazonaws.com", context)

    # --- the refusals are real ---

    def test_without_the_right_to_write_posts_are_answered_with_a_problem(self):
        section = f"proof-{uuid.uuid4()}"
        with without(self.site, API, "dynamodb:PutItem"):
            refused, read = self.site.post(section, "Lost"), self.site.ask("GET", f"/commentaires?sectionId={section}")
        self.assertEqual(refused.status, 503, refused)
        self.assertEqual(refused.headers["content-type"], "application/problem+json")
        self.assertNotIn(b"AccessDenied", refused.body)
        self.assertEqual(read.status, 200)
        self.assertEqual(self.site.post(section, "Kept").status, 201)

    # --- ways to become somebody ---

    def from_github(self, sub, *, aud="sts.amazonaws.com", issuer="https://token.actions.githubusercontent.com",
                    role=f"palabre-{ENVIRONMENT}-github"):
        """As the action configure-aws-credentials does."""
        return github.assume(self.site, {"iss": issuer, "aud": aud, "sub": sub}, role)

    def assert_not_trusted(self, become):
        with provoking(self.world), self.assertRaises(Exception) as caught:
            become()
        self.assertIn(caught.exception.response["Error"]["Code"], REFUSED)

    def made_role(self, part):
        """One that CloudFormation named."""
        names = [each["RoleName"] for each in self.world.cloud.client("iam").list_roles()["Roles"]]
        [found] = [each for each in names if each.startswith(f"Palabre-{ENVIRONMENT}-Api-") and part in each]
        return found


if __name__ == "__main__":
    unittest.main()
