# SPDX-License-Identifier: Apache-2.0
"""What the stacks say of themselves, and which of them has a thing."""

from botocore.exceptions import ClientError

from . import cloud, say
from .environment import ABROAD, Environment

GONE = {"DELETE_COMPLETE", "DELETE_SKIPPED"}   # of a resource: a stack that is rolled back still lists it


def outputs(environment: Environment, part: str) -> dict[str, str] | None:
    """The stack's outputs by name; None when there is no such stack."""
    stack = _described(environment, part)
    return stack and {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def expected(environment: Environment, part: str) -> dict[str, str]:
    found = outputs(environment, part)
    if found is None:
        raise say.Stop(f"There is no stack {environment.stack(part)} in this account: "
                       f"./deploy --environment {environment.name} makes it.", say.MISSING)
    return found


def status(environment: Environment, part: str) -> str | None:
    """None when there is no such stack."""
    stack = _described(environment, part)
    return stack and stack["StackStatus"]


def owner(region: str, physical: str) -> str | None:
    """The stack that has what is called so; None when no stack has."""
    try:
        found = cloud.client("cloudformation", region).describe_stack_resources(PhysicalResourceId=physical)
    except ClientError as error:
        if _is_absent(error):
            return None
        raise
    names = [each["StackName"] for each in found["StackResources"]
             if each.get("PhysicalResourceId") == physical and each["ResourceStatus"] not in GONE]
    return names[0] if names else None


def _described(environment: Environment, part: str) -> dict | None:
    region = cloud.WORLD if part in ABROAD else environment.region
    try:
        described = cloud.client("cloudformation", region).describe_stacks(StackName=environment.stack(part))
    except ClientError as error:
        if _is_absent(error):
            return None
        raise
    return described["Stacks"][0]


def _is_absent(error: ClientError) -> bool:
    return cloud.code_of(error) == "ValidationError" and "does not exist" in str(error)
