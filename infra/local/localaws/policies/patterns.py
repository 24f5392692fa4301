# SPDX-License-Identifier: Apache-2.0
"""Wildcards, as IAM reads them."""

import re

ARN_PARTS = 6  # arn:partition:service:region:account:resource


def refuse_variables(text: str) -> None:
    """Policy variables, escapes like ${*} included: no document of ours has one."""
    if "${" in text:
        raise NotImplementedError(f"policy variable in {text!r}")


def _expression(pattern: str, any_character: str) -> str:
    wild = {"*": f"{any_character}*", "?": any_character}
    return "".join(wild.get(each) or re.escape(each) for each in pattern)


def text_matches(pattern: str, text: str) -> bool:
    """With case, "*" and "?" over anything: StringLike."""
    return re.fullmatch(_expression(pattern, "."), text, re.DOTALL) is not None


def action_matches(pattern: str, action: str) -> bool:
    """ "IAM JSON policy elements: Action": prefix and name have no case."""
    refuse_variables(pattern)
    return text_matches(pattern.lower(), action.lower())


def resource_matches(pattern: str, arn: str) -> bool:
    """ "IAM JSON policy elements: Resource": a wildcard stays within its segment, but a "*" that
    ends one may reach beyond the colon."""
    refuse_variables(pattern)
    pattern = _whole(pattern, arn)
    if pattern != "*" and pattern.count(":") < ARN_PARTS - 1:
        raise NotImplementedError(f"resource that is no whole arn: {pattern!r}")
    expression = "".join(_segment(each) for each in re.split("(:)", pattern))
    return re.fullmatch(expression, arn, re.DOTALL) is not None


def _segment(pattern: str) -> str:
    within = _expression(pattern.removesuffix("*"), "[^:]")
    return within + (".*" if pattern.endswith("*") else "")


def _whole(pattern: str, arn: str) -> str:
    """The short form that only resource policies of API Gateway have ("API Gateway resource policy
    examples"): execute-api:/stage/method/path, of this API."""
    if not pattern.startswith("execute-api:/"):
        return pattern
    api = arn.split("/")[0]
    return api + pattern.removeprefix("execute-api:")


def arn_matches(pattern: str, arn: str) -> bool:
    """ArnLike: each of the six parts is compared alone ("IAM JSON policy elements: Condition
    operators", ARN condition operators)."""
    patterns, parts = pattern.split(":", ARN_PARTS - 1), arn.split(":", ARN_PARTS - 1)
    if len(patterns) != ARN_PARTS:
        raise NotImplementedError(f"condition on what is no whole arn: {pattern!r}")
    return len(parts) == ARN_PARTS and all(map(text_matches, patterns, parts))
