# SPDX-License-Identifier: Apache-2.0
"""Stacks that fail, that are protected, that are made without change sets, and that read each other."""
import json
import unittest

from botocore.exceptions import ClientError

from .case import StackCase, template


class FailureTest(StackCase):
    def test_a_stack_that_cannot_be_made_is_rolled_back(self):
        stack = self.execute("Broken", template(Broken1="a", Broken2="refuse"))
        self.assertEqual(stack["StackStatus"], "ROLLBACK_COMPLETE")
        self.assertIn("the value is refused", stack["StackStatusReason"])
        self.assertEqual(self.reasons("Broken", "CREATE_FAILED"), [("Broken2", "the value is refused")])
        self.assertIsNone(self.value_of("/Broken1"))
        self.refused("can not be updated", self.change_set, stack="Broken", body=template(Broken1="a"), kind="UPDATE")
        self.cfn.delete_stack(StackName="Broken")
        self.assertEqual(self.settled(stack["StackId"])["StackStatus"], "DELETE_COMPLETE")
        self.assertEqual(self.execute("Broken", template(Broken1="b"))["StackStatus"], "CREATE_COMPLETE")

    def test_an_update_that_fails_leaves_what_was(self):
        self.execute("Kept", template(Kept1="a", Kept2="b"))
        stack = self.execute("Kept", template(Kept1="c", Kept2="refuse"), "UPDATE")
        self.assertEqual(stack["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
        self.assertEqual([self.value_of("/Kept1"), self.value_of("/Kept2")], ["a", "b"])
        self.assertEqual(self.reasons("Kept", "UPDATE_FAILED"), [("Kept2", "the value is refused")])
        events = self.cfn.describe_events(StackName="Kept", Filters={"FailedEvents": True})["OperationEvents"]
        self.assertEqual([each["LogicalResourceId"] for each in events], ["Kept2"])
        self.assertEqual(self.cfn.get_template(StackName="Kept")["TemplateBody"], template(Kept1="a", Kept2="b"))
        stack = self.execute("Kept", template(Kept1="d", Kept2="b"), "UPDATE")
        self.assertEqual(stack["StackStatus"], "UPDATE_COMPLETE")

    def test_protected_stacks_stay(self):
        self.execute("Protected", template(Protected="a"))
        self.cfn.update_termination_protection(StackName="Protected", EnableTerminationProtection=True)
        self.refused("TerminationProtection is enabled", self.cfn.delete_stack, StackName="Protected")
        self.cfn.update_termination_protection(StackName="Protected", EnableTerminationProtection=False)
        self.cfn.delete_stack(StackName="Protected")

    def test_what_is_no_template(self):
        for body in ("{", "[]", '{"Resources": []}'):
            self.refused("Template format error", self.cfn.validate_template, TemplateBody=body)
        self.refused("is not known|nobody of ours", self.cfn.detect_stack_drift, StackName="Same")


class StackTest(StackCase):
    def test_without_change_sets(self):
        body = json.dumps(template(outputs=["Own"], Plain="a"))
        self.cfn.create_stack(StackName="Plain", TemplateBody=body)
        self.cfn.get_waiter("stack_create_complete").wait(StackName="Plain", WaiterConfig={"Delay": 1})
        self.refused("AlreadyExists", self.cfn.create_stack, StackName="Plain", TemplateBody=body)
        self.refused("No updates are to be performed", self.cfn.update_stack, StackName="Plain", TemplateBody=body)
        self.cfn.update_stack(StackName="Plain", TemplateBody=json.dumps(template(outputs=["Own"], Plain="b")))
        self.assertEqual(self.settled("Plain")["StackStatus"], "UPDATE_COMPLETE")

    def test_stacks_read_each_other_and_regions_are_apart(self):
        self.execute("Producer", template(outputs=["Own"], Producer="a"))
        self.assertEqual(
            self.execute("Consumer", template(outputs=["Producer"], Consumer="a"))["Outputs"][0]["OutputValue"], "made"
        )
        with self.assertRaisesRegex(ClientError, "does not exist"):
            self.cloud.client("cloudformation", "us-east-1").describe_stacks(StackName="Producer")


if __name__ == "__main__":
    unittest.main()
