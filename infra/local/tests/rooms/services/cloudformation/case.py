# SPDX-License-Identifier: Apache-2.0
"""Stacks whose applier makes parameters, refuses one value, and nothing else: the one of localaws.templates is tested
apart."""
import json
import time
import unittest
from dataclasses import dataclass, field

from botocore.exceptions import ClientError

from localaws.services.cloud import HOME, Cloud

from ...clouds import cloud_with

PARAMETER = "AWS::SSM::Parameter"
WAIT_S = 20  # what is applied here takes milliseconds


class StackCase(unittest.TestCase):
    cloud: Cloud

    @classmethod
    def setUpClass(cls):
        cls.cloud = cloud_with(_prepare)
        cls.cfn = cls.cloud.client("cloudformation")

    def refused(self, words, call, **kwargs):
        with self.assertRaisesRegex(ClientError, words):
            call(**kwargs)

    def reasons(self, stack, status):
        events = self.cfn.describe_stack_events(StackName=stack)["StackEvents"]
        return [
            (each["LogicalResourceId"], each.get("ResourceStatusReason"))
            for each in events
            if each["ResourceStatus"] == status
        ]

    def value_of(self, name):
        try:
            return self.cloud.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
        except ClientError:
            return None

    def settled(self, name):
        """The stack, once it is at rest."""
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            stack = self.cfn.describe_stacks(StackName=name)["Stacks"][0]
            if not stack["StackStatus"].endswith("_IN_PROGRESS"):
                return stack
            time.sleep(0.01)
        raise TimeoutError(f"{name} is still {stack['StackStatus']}")

    def change_set(self, stack, body, kind, **more):
        self.cfn.create_change_set(
            StackName=stack, ChangeSetName="set", ChangeSetType=kind, TemplateBody=json.dumps(body), **more
        )
        return self.cfn.describe_change_set(StackName=stack, ChangeSetName="set")

    def execute(self, stack, body, kind="CREATE", **more):
        self.change_set(stack, body, kind, **more)
        self.cfn.execute_change_set(StackName=stack, ChangeSetName="set", ClientRequestToken="token")
        return self.settled(stack)


def template(outputs=(), **values):
    resources = {
        logical: {"Type": PARAMETER, "Properties": {"Type": "String", "Name": f"/{logical}", "Value": value}}
        for logical, value in values.items()
    }
    return {"Resources": resources, "Outputs": {name: {"Value": "x"} for name in outputs}}


class Parameters:
    """An applier."""

    def apply(self, template, *, name, region, account, parameters, others, before, client):
        ssm, stack = client("ssm", region), Stack({})
        for logical, resource in template["Resources"].items():
            own = resource["Properties"]
            if own["Value"] == "refuse":
                raise Refused(f"{logical}: the value is refused", stack)
            ssm.put_parameter(Name=own["Name"], Value=own["Value"], Type="String", Overwrite=True)
            stack.resources[logical] = Resource(logical, resource["Type"], own["Name"])
        for logical, old in (before.resources if before else {}).items():
            if logical not in stack.resources:
                ssm.delete_parameter(Name=old.ref)
        for output in template.get("Outputs", {}):
            stack.outputs[output] = (
                others[output].outputs["Own"] if output in others else parameters.get(output, "made")
            )
        return stack

    def remove(self, template, stack, *, client):
        for each in stack.resources.values():
            client("ssm", HOME).delete_parameter(Name=each.ref)


@dataclass
class Resource:
    logical: str
    type: str
    ref: str


@dataclass
class Stack:
    resources: dict
    outputs: dict = field(default_factory=dict)


class Refused(Exception):
    def __init__(self, message, stack):
        super().__init__(message)
        self.stack = stack


def _prepare(cloud):
    cloud.bootstrap()
    cloud.deploys_with(Parameters())
