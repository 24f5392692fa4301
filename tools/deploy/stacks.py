# SPDX-License-Identifier: Apache-2.0
"""What the stacks say of themselves once they stand."""

import botocore.exceptions

from . import cloud, say
from .environment import ABROAD, Environment


def outputs(environment: Environment, part: str) -> dict[str, str] | None:
    """The stack's outputs by name; None when there is no such stack."""
    region = cloud.WORLD if part in ABROAD else environment.region
    try:
        described = cloud.client("cloudformation", region).describe_stacks(StackName=environment.stack(part))
    except botocore.exceptions.ClientError as error:
        if cloud.code_of(error) == "ValidationError" and "does not exist" in str(error):
            return None
        raise
    [stack] = described["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def expected(environment: Environment, part: str) -> dict[str, str]:
    found = outputs(environment, part)
    if found is None:
        raise say.Stop(f"There is no stack {environment.stack(part)} in this account: "
                       f"./deploy --environment {environment.name} makes it.", say.MISSING)
    return found
