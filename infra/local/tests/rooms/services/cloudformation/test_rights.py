# SPDX-License-Identifier: Apache-2.0
"""Of a role that deploys with somebody else's: what it may pass on, and what it may read."""
import json
import unittest

from localaws.services import ACCOUNT
from localaws.services.cloud import HOME

from ...roles import LAMBDA, allow, make_role
from .case import StackCase, template


class RightsTest(StackCase):
    def as_role(self, name, *statements):
        role = make_role(self.cloud, name, statements)
        return role, self.cloud.client("cloudformation", credentials=self.cloud.session(role, LAMBDA))

    def test_a_role_that_is_passed_on(self):
        executes = f"arn:aws:iam::{ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-{ACCOUNT}-{HOME}"
        stacks = allow("cloudformation:*", "*")
        asked = {"StackName": "Passed", "ChangeSetName": "set", "ChangeSetType": "CREATE"}
        asked["TemplateBody"] = json.dumps(template(Passed="a"))
        _, without = self.as_role("passes-nothing", stacks)
        self.refused("iam:PassRole", without.create_change_set, RoleARN=executes, **asked)
        own, with_it = self.as_role("passes", stacks, allow("iam:PassRole", "*"))
        self.refused("cannot be assumed", with_it.create_change_set, RoleARN=own, **asked)
        with_it.create_change_set(RoleARN=executes, **asked)

    def test_a_template_that_the_caller_may_not_read(self):
        bucket = f"cdk-hnb659fds-assets-{ACCOUNT}-{HOME}"
        self.cloud.client("s3").put_object(Bucket=bucket, Key="secret.json", Body=json.dumps(template(Secret="a")))
        _, deploys = self.as_role("reads-no-bucket", allow("cloudformation:*", "*"))
        url = f"https://s3.{HOME}.amazonaws.com/{bucket}/secret.json"
        self.refused("S3 error: Access Denied", deploys.create_stack, StackName="Secret", TemplateURL=url)


if __name__ == "__main__":
    unittest.main()
