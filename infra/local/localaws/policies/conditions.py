# SPDX-License-Identifier: Apache-2.0
"""Conditions, after "IAM JSON policy elements: Condition operators".

All operators of a block and all keys of an operator have to hold; of the values of one key a single
one suffices, or for a negated operator none may match. A key that the request does not have fails an
operator, satisfies a negated one, and satisfies every …IfExists.
"""

from collections.abc import Callable

from .patterns import arn_matches, refuse_variables, text_matches
from .request import Request


def _same(wanted: str, value: str) -> bool:
    return wanted == value


def _same_bool(wanted: str, value: str) -> bool:
    return wanted.lower() == value.lower()


# Each with whether it is negated. ArnEquals and ArnLike "behave identically".
OPERATORS: dict[str, tuple[Callable[[str, str], bool], bool]] = {
    "StringEquals": (_same, False),
    "StringNotEquals": (_same, True),
    "StringLike": (text_matches, False),
    "ArnEquals": (arn_matches, False),
    "ArnLike": (arn_matches, False),
    "Bool": (_same_bool, False),
}
IF_EXISTS = "IfExists"


def conditions_hold(conditions: dict, request: Request) -> bool:
    checks = [
        _key_holds(operator, key, values, request)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    ]  # All of them, so that what we do not know is never hidden by what failed before it.
    return all(checks)


def _key_holds(operator: str, key: str, values: object, request: Request) -> bool:
    if operator == "Null":
        return _absent(key, request) == (_text(values).lower() == "true")
    name = operator.removesuffix(IF_EXISTS)
    if name not in OPERATORS:
        raise NotImplementedError(f"condition operator {operator}")
    matches, negated = OPERATORS[name]
    wanted = [_text(each) for each in (values if isinstance(values, list) else [values])]
    value = request.folded_context.get(key.lower())
    if value is None:
        return negated or operator.endswith(IF_EXISTS)
    return any([matches(each, value) for each in wanted]) != negated


def _absent(key: str, request: Request) -> bool:
    """Of an existence check: "true" wants the key missing."""
    return key.lower() not in request.folded_context


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        raise NotImplementedError(f"condition value {value!r}")
    refuse_variables(value)
    return value
