# SPDX-License-Identifier: Apache-2.0
"""What the stacks say of themselves, and which of them has a thing."""

import re

from botocore.exceptions import ClientError, WaiterError

from . import cloud, say
from .environment import ABROAD, Environment

# Of a resource: a stack that is rolled back still lists it, and so does one whose import was.
GONE = {"DELETE_COMPLETE", "DELETE_SKIPPED", "IMPORT_FAILED", "IMPORT_ROLLBACK_COMPLETE"}
# As the CDK writes YAML: its `import` sends the template in that.
IN_YAML = re.compile(r"^Resources:\n((?:(?: .*)?\n)*)", re.MULTILINE)
NAME_IN_YAML = re.compile(r"^  \"?([A-Za-z0-9]+)\"?:", re.MULTILINE)
DELETING = {"Delay": 5, "MaxAttempts": 360}


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
    rows = found["StackResources"]
    own = [each for each in rows if each.get("PhysicalResourceId") == physical]
    if own and all(each["ResourceStatus"] in GONE for each in own):
        return None
    # Of a large stack only the first hundred are told: it was found by this one all the same.
    return (own or rows)[0]["StackName"] if rows else None


def resources(environment: Environment, part: str) -> dict[str, str]:
    """What a stack has, as AWS calls it, by the names that its template gives."""
    found = _client(environment, part).describe_stack_resources(StackName=environment.stack(part))["StackResources"]
    return {each["LogicalResourceId"]: each.get("PhysicalResourceId", "") for each in found
            if each["ResourceStatus"] not in GONE}


def named(environment: Environment, part: str) -> set[str]:
    """What a stack's template speaks of, which whoever deploys may read; `resources` takes more rights."""
    body = _client(environment, part).get_template(StackName=environment.stack(part))["TemplateBody"]
    if not isinstance(body, str):
        return set(body.get("Resources", {}))
    block = IN_YAML.search(body.rstrip("\n") + "\n")
    return set(NAME_IN_YAML.findall(block[1])) if block else set()


def delete(environment: Environment, part: str) -> None:
    """Returns when the stack is gone. What it is to keep stays, and is in no stack then."""
    client, stack = _client(environment, part), _described(environment, part)
    client.delete_stack(StackName=stack["StackId"])
    try:
        client.get_waiter("stack_delete_complete").wait(StackName=stack["StackId"], WaiterConfig=DELETING)
    except WaiterError:
        pass   # the status says more
    # By its id: by its name nothing is found any more.
    status_now = client.describe_stacks(StackName=stack["StackId"])["Stacks"][0]["StackStatus"]
    if status_now != "DELETE_COMPLETE":
        raise say.Stop(f"The stack {environment.stack(part)}, whose making failed, cannot be deleted: it is {status_now}. "
                       f"`aws cloudformation describe-stack-events --region {client.meta.region_name} --stack-name "
                       f"{environment.stack(part)}` says why; mend that, and run ./deploy again.")


def _client(environment: Environment, part: str):
    return cloud.client("cloudformation", cloud.WORLD if part in ABROAD else environment.region)


def _described(environment: Environment, part: str) -> dict | None:
    try:
        described = _client(environment, part).describe_stacks(StackName=environment.stack(part))
    except ClientError as error:
        if _is_absent(error):
            return None
        raise
    return described["Stacks"][0]


def _is_absent(error: ClientError) -> bool:
    return cloud.code_of(error) == "ValidationError" and "does not exist" in str(error)
