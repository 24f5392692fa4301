# SPDX-License-Identifier: Apache-2.0
"""What an earlier life of the environment left: found by its name, and refused where it is another's."""

import unittest
import unittest.mock

import botocore.exceptions
import ground
import keeping
from deploy import adopt, kept, say, search, stacks

NAMES, TEMPLATES = ground.NAMES, keeping.TEMPLATES


class Looks(keeping.InAssembly):
    def test_a_new_account_has_nothing(self):
        self.assertEqual(self.look(), {})
        with ground.Spoken() as said:
            adopt.show([])
        self.assertEqual(str(said), "")

    def test_whatever_an_environment_keeps(self):
        self.make_table()
        for name in ("siteBucket", "backupBucket", "logBucket"):
            self.make_bucket(NAMES[name])
        pool, _, secret = self.people(), self.pool("palabre-production"), self.secret()
        iam, role = self.aws("iam"), "Palabre-staging-Api-GatewayLoggingRole-1A2B"
        provider = self.provider(palabre="staging")
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
            adopt.show(search.look(self.staging))
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
        for part, resources in TEMPLATES.items():
            self.standing(part, *resources)
        nothing = unittest.mock.Mock(side_effect=AssertionError)
        with unittest.mock.patch.object(kept, "find", nothing), unittest.mock.patch.object(stacks, "resources", nothing):
            self.assertEqual(self.look(), {})

    def test_without_github_its_template_is_an_old_one(self):
        self.provider(palabre="staging")
        self.staging = ground.STAGING
        self.assertEqual(self.look(), {})

    def test_a_first_deployment_that_failed_left_things_too(self):
        self.make_table()
        failed = {"ROLLBACK_COMPLETE": True, "ROLLBACK_FAILED": True, "REVIEW_IN_PROGRESS": False,
                  "IMPORT_ROLLBACK_COMPLETE": True}
        for status, goes in failed.items():
            self.standing("Data", *TEMPLATES["Data"], status=status)
            # A stack that was rolled back may still say that it has them.
            for owner in (None, "Palabre-staging-Data"):
                with unittest.mock.patch.object(stacks, "owner", lambda *_, owner=owner: owner):
                    [data] = search.look(self.staging)
                self.assertEqual((list(data.found), data.failed, data.stands), (["Comments"], goes, False), status)

    def test_the_plan_says_what_is_deleted_before(self):
        self.make_table()
        self.standing("Data", *TEMPLATES["Data"], status="ROLLBACK_COMPLETE")
        with ground.Spoken() as said:
            adopt.show(search.look(self.staging))
        self.assertIn("The stack Palabre-staging-Data, whose making failed, is deleted before", str(said))


class Standing(keeping.InAssembly):
    """What an update that failed had made stays behind, and its stack is as it was before."""

    def test_what_the_stack_has_not_is_found_around_it(self):
        pool = self.people()
        self.make_table()
        self.make_bucket(NAMES["backupBucket"])
        self.standing("Data", Comments=NAMES["table"], People=pool)
        with unittest.mock.patch.object(stacks, "owner", lambda *_: None):
            [data] = search.look(self.staging)
        self.assertEqual({name: found.identifier for name, found in data.found.items()},
                         {"Backups": {"BucketName": NAMES["backupBucket"]},
                          "Moderators": {"UserPoolId": pool, "GroupName": "moderators"}})
        self.assertEqual((data.stands, data.failed), (True, False))

    def test_an_import_that_was_undone_around_what_stands(self):
        self.make_table()
        self.standing("Data", Logs=NAMES["logBucket"], status="IMPORT_ROLLBACK_COMPLETE")
        [data] = search.look(self.staging)
        self.assertEqual((list(data.found), data.stands, data.failed), (["Comments"], True, False))

    def test_what_it_has_by_another_name_is_not_taken_twice(self):
        pool = self.people()
        self.make_table()
        self.standing("Data", Of_before=NAMES["table"], Pool_of_before=pool, Group_of_before="moderators")
        with unittest.mock.patch.object(stacks, "owner", lambda *_: "Palabre-staging-Data"):
            self.assertEqual(self.look(), {})

    def test_whoever_may_not_look_makes_no_second_pool(self):
        self.standing("Data", "Comments")
        error = botocore.exceptions.ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "Describe")
        with unittest.mock.patch.object(stacks, "resources", unittest.mock.Mock(side_effect=error)):
            self.assertIn("may not look", self.refused(say.MISSING))


class Refusals(keeping.InAssembly):
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
        provider = self.provider(palabre="staging")
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


if __name__ == "__main__":
    unittest.main()
