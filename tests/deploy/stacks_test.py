# SPDX-License-Identifier: Apache-2.0
"""What stacks have, as AWS tells it: the server of these tests cannot tell all of it."""

import unittest
import unittest.mock

import ground
from deploy import say, stacks


class Mocked(unittest.TestCase):
    def aws(self, **answers):
        told = {f"{call}.return_value": answer for call, answer in answers.items()}
        client = unittest.mock.Mock(**told, **{"meta.region_name": ground.REGION})
        self.enterContext(unittest.mock.patch.object(stacks.cloud, "client", lambda *_: client))
        return client


class Owner(Mocked):
    def owner(self, *rows):
        answer = [{"StackName": "A", "LogicalResourceId": name, "PhysicalResourceId": name, "ResourceStatus": status}
                  for name, status in rows]
        self.aws(describe_stack_resources={"StackResources": answer})
        return stacks.owner(ground.REGION, "table")

    def test_a_stack_that_lets_go_has_it_no_more(self):
        self.assertEqual(self.owner(("other", "DELETE_COMPLETE"), ("table", "CREATE_COMPLETE")), "A")
        self.assertEqual(self.owner(("table", "IMPORT_COMPLETE")), "A")
        for status in ("DELETE_SKIPPED", "IMPORT_FAILED", "IMPORT_ROLLBACK_COMPLETE"):
            self.assertIsNone(self.owner(("other", "CREATE_COMPLETE"), ("table", status)), status)

    def test_a_stack_that_tells_only_a_hundred_of_its_resources(self):
        self.assertEqual(self.owner(*((f"other{number}", "CREATE_COMPLETE") for number in range(100))), "A")

    def test_only_what_it_has_still(self):
        self.owner(("table", "CREATE_COMPLETE"), ("bucket", "DELETE_SKIPPED"))
        self.assertEqual(stacks.resources(ground.STAGING, "Data"), {"table": "table"})


class Named(Mocked):
    YAML = """Description: |-
  Resources: of a kind

  Mine: no
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Properties:
      Lines: |-
        one

        two: three
  Logs:
    Type: AWS::S3::Bucket
Outputs:
  Any:
    Value: any
"""

    def named(self, body):
        self.aws(get_template={"TemplateBody": body})
        return stacks.named(ground.STAGING, "Data")

    def test_json_is_read_by_boto3(self):
        self.assertEqual(self.named({"Resources": {"People": {}, "Logs": {}}, "Outputs": {"Any": {}}}), {"People", "Logs"})

    def test_what_an_import_sends_is_yaml(self):
        self.assertEqual(self.named(self.YAML), {"People", "Logs"})
        self.assertEqual(self.named(self.YAML[:self.YAML.index("\nOutputs")]), {"People", "Logs"})

    def test_a_stack_under_review_has_none(self):
        self.assertEqual((self.named({}), self.named("")), (set(), set()))


class Delete(Mocked):
    def delete(self, *statuses):
        client = self.aws()
        client.describe_stacks.side_effect = [{"Stacks": [{"StackId": "arn", "StackStatus": each}]} for each in statuses]
        stacks.delete(ground.STAGING, "Data")
        return client

    def test_it_waits_until_it_is_gone_by_its_id(self):
        client = self.delete("ROLLBACK_COMPLETE", "DELETE_COMPLETE")
        client.delete_stack.assert_called_once_with(StackName="arn")
        self.assertEqual(client.get_waiter.return_value.wait.call_args[1]["StackName"], "arn")

    def test_one_that_cannot_be_deleted(self):
        with self.assertRaisesRegex(say.Stop, "Palabre-staging-Data.* DELETE_FAILED.*describe-stack-events"):
            self.delete("ROLLBACK_FAILED", "DELETE_FAILED")


class Really(ground.InCloud):
    """By a boto3 of whatever age."""

    def test_a_stack_goes(self):
        self.make_stack("Data", {})
        self.assertEqual(stacks.named(ground.STAGING, "Data"), {"Mark"})
        self.assertEqual(set(stacks.resources(ground.STAGING, "Data")), {"Mark"})
        with unittest.mock.patch.dict(stacks.DELETING, {"Delay": 0}):
            stacks.delete(ground.STAGING, "Data")
        self.assertIsNone(stacks.status(ground.STAGING, "Data"))


if __name__ == "__main__":
    unittest.main()
