# SPDX-License-Identifier: Apache-2.0
"""Change sets: what they say of a template, and what executing them leaves."""
import unittest

from localaws.services import ACCOUNT
from localaws.services.cloud import HOME

from .case import PARAMETER, StackCase, template


class ChangeSetTest(StackCase):
    def test_a_stack_is_reviewed_made_changed_and_gone(self):
        self.refused("Stack with id Whole does not exist", self.cfn.describe_stacks, StackName="Whole")
        first = self.change_set("Whole", template(Whole1="a", Whole2="b"), "CREATE")
        self.assertEqual((first["Status"], first["ExecutionStatus"]), ("CREATE_COMPLETE", "AVAILABLE"))
        self.assertEqual(self.cfn.describe_stacks(StackName="Whole")["Stacks"][0]["StackStatus"], "REVIEW_IN_PROGRESS")
        self.assertIsNone(self.value_of("/Whole1"))
        self.cfn.execute_change_set(StackName="Whole", ChangeSetName=first["ChangeSetId"])
        self.assertEqual(self.settled("Whole")["StackStatus"], "CREATE_COMPLETE")
        second = self.change_set("Whole", template(outputs=["Own"], Whole1="c", Whole3="d"), "UPDATE")
        told = {each["ResourceChange"]["LogicalResourceId"]: each["ResourceChange"] for each in second["Changes"]}
        self.assertEqual(
            {k: v["Action"] for k, v in told.items()}, {"Whole1": "Modify", "Whole2": "Remove", "Whole3": "Add"}
        )
        target = told["Whole1"]["Details"][0]["Target"]
        self.assertEqual((target["Attribute"], target["Name"]), ("Properties", "Value"))
        self.cfn.execute_change_set(StackName="Whole", ChangeSetName="set")
        stack = self.settled("Whole")
        self.assertEqual(stack["StackStatus"], "UPDATE_COMPLETE")
        self.assertEqual(stack["Outputs"][0]["OutputValue"], "made")
        self.assertEqual([self.value_of(f"/Whole{n}") for n in (1, 2, 3)], ["c", None, "d"])
        made = {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in self.cfn.describe_stack_resources(StackName="Whole")["StackResources"]
        }
        self.assertEqual(made, {"Whole1": "/Whole1", "Whole3": "/Whole3"})
        listed = self.cfn.list_stack_resources(StackName="Whole")["StackResourceSummaries"]
        self.assertEqual({each["ResourceType"] for each in listed}, {PARAMETER})
        self.cfn.delete_stack(StackName="Whole")
        self.assertEqual(self.settled(stack["StackId"])["StackStatus"], "DELETE_COMPLETE")
        self.assertIsNone(self.value_of("/Whole1"))
        self.refused("does not exist", self.cfn.describe_stacks, StackName="Whole")
        gone = self.cfn.list_stacks(StackStatusFilter=["DELETE_COMPLETE"])["StackSummaries"]
        self.assertIn(stack["StackId"], [each["StackId"] for each in gone])

    def test_what_changes_nothing_fails_in_the_words_that_the_cli_looks_for(self):
        self.execute("Same", template(Same="a"))
        told = self.change_set("Same", template(Same="a"), "UPDATE")
        self.assertEqual((told["Status"], told["ExecutionStatus"]), ("FAILED", "UNAVAILABLE"))
        self.assertIn("didn't contain changes", told["StatusReason"])
        self.refused("InvalidChangeSetStatus", self.cfn.execute_change_set, StackName="Same", ChangeSetName="set")
        self.refused(
            "AlreadyExists",
            self.cfn.create_change_set,
            StackName="Same",
            ChangeSetName="set",
            TemplateBody="Resources: {}",
        )
        self.cfn.delete_change_set(StackName="Same", ChangeSetName="set")
        self.refused("ChangeSetNotFound", self.cfn.describe_change_set, StackName="Same", ChangeSetName="set")

    def test_outputs_alone_are_a_change(self):
        self.execute("Outputs", template(Outputs="a"))
        self.assertEqual(
            self.execute("Outputs", template(outputs=["Own"], Outputs="a"), "UPDATE")["StackStatus"], "UPDATE_COMPLETE"
        )

    def test_a_template_of_a_bucket_in_yaml(self):
        s3, bucket = self.cloud.client("s3"), f"cdk-hnb659fds-assets-{ACCOUNT}-{HOME}"
        s3.put_object(
            Bucket=bucket,
            Key="a.yaml",
            Body=b"Resources: {Far: {Type: 'AWS::SSM::Parameter', Properties: "
            b"{Name: /Far, Type: String, Value: far}}}\nAWSTemplateFormatVersion: 2010-09-09\n",
        )
        places = {
            "path": f"https://s3.{HOME}.amazonaws.com/{bucket}/",
            "host": f"https://{bucket}.s3.{HOME}.amazonaws.com/",
        }
        for name, at in places.items():
            self.cfn.create_change_set(
                StackName="Far", ChangeSetName=name, ChangeSetType="CREATE", TemplateURL=at + "a.yaml"
            )
        self.refused(
            "S3 error",
            self.cfn.create_change_set,
            StackName="Far",
            ChangeSetName="no",
            ChangeSetType="CREATE",
            TemplateURL=at + "b.yaml",
        )
        self.cfn.execute_change_set(StackName="Far", ChangeSetName="host")
        self.assertEqual(self.settled("Far")["StackStatus"], "CREATE_COMPLETE")
        self.assertIn("2010-09-09", self.cfn.get_template(StackName="Far")["TemplateBody"])

    def test_parameters_of_a_template(self):
        body = template(outputs=["Given"], Given="a") | {"Parameters": {"Given": {"Type": "String"}}}
        self.refused(r"\[Given\] must have values", self.change_set, stack="Given", body=body, kind="CREATE")
        other = [{"ParameterKey": "Other", "ParameterValue": "b"}]
        self.refused(
            "do not exist in the template", self.change_set, stack="Given", body=body, kind="CREATE", Parameters=other
        )
        given = [{"ParameterKey": "Given", "ParameterValue": "b"}]
        self.assertEqual(self.execute("Given", body, Parameters=given)["Outputs"][0]["OutputValue"], "b")
        previous = [{"ParameterKey": "Given", "UsePreviousValue": True}]
        told = self.change_set("Given", body, "UPDATE", Parameters=previous)
        self.assertEqual(told["Status"], "FAILED")
        self.assertEqual(self.cfn.get_template_summary(StackName="Given")["Parameters"][0]["ParameterKey"], "Given")

    def test_roles_want_a_capability(self):
        named = {"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "a"}}}}
        self.refused(
            "CAPABILITY_NAMED_IAM",
            self.change_set,
            stack="Roles",
            body=named,
            kind="CREATE",
            Capabilities=["CAPABILITY_IAM"],
        )
        told = self.change_set("Roles", named, "CREATE", Capabilities=["CAPABILITY_NAMED_IAM"])
        self.assertEqual(told["Status"], "CREATE_COMPLETE")


if __name__ == "__main__":
    unittest.main()
