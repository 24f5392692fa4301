# SPDX-License-Identifier: Apache-2.0
"""CloudFormation's functions, with their values put in their place."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Callable

from .errors import UnknownIntrinsic, Unresolved
from .stack import Resource, Stack

NO_VALUE = {"Ref": "AWS::NoValue"}
_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]*)\}")


@dataclass
class Scope:
    """What a value of one template may speak of."""

    pseudo: dict[str, str]
    parameters: dict[str, Any]
    resources: dict[str, Resource]
    mappings: dict
    others: dict[str, Stack]

    def resolve(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.resolve(each) for each in value if each != NO_VALUE]
        if not isinstance(value, dict):
            return value
        name = _function_in(value)
        if name is None:
            return {key: self.resolve(each) for key, each in value.items() if each != NO_VALUE}
        if name not in _FUNCTIONS:
            raise UnknownIntrinsic(f"{name} is not understood")
        return _FUNCTIONS[name](self, value[name])

    def ref(self, name: str) -> Any:
        for known in (self.pseudo, self.parameters):
            if name in known:
                return known[name]
        return self._resource(name).ref

    def attribute(self, logical: str, attribute: str) -> str:
        attributes = self._resource(logical).attributes
        if attribute not in attributes:
            raise Unresolved(f"{logical} has no attribute {attribute}")
        return attributes[attribute]

    def _resource(self, logical: str) -> Resource:
        if logical not in self.resources:
            raise Unresolved(f"there is no {logical}")
        return self.resources[logical]


def _function_in(value: dict) -> str | None:
    functions = [key for key in value if key in ("Ref", "Condition") or key.startswith("Fn::")]
    # `Condition` is also a key of every policy statement; as a function it names a condition.
    if len(value) == 1 and functions and (functions[0] != "Condition" or isinstance(value["Condition"], str)):
        return functions[0]
    if any(key != "Condition" for key in functions):
        raise UnknownIntrinsic(f"{functions[0]} stands beside other keys: {', '.join(value)}")
    return None


def _get_att(scope: Scope, wanted: Any) -> str:
    logical, attribute = wanted.split(".", 1) if isinstance(wanted, str) else wanted
    return scope.attribute(logical, scope.resolve(attribute))


def _join(scope: Scope, wanted: list) -> str:
    separator, parts = wanted
    return separator.join(_text(each) for each in scope.resolve(parts))


def _select(scope: Scope, wanted: list) -> Any:
    index, values = int(scope.resolve(wanted[0])), scope.resolve(wanted[1])
    if not 0 <= index < len(values):
        raise Unresolved(f"Fn::Select wants number {index} of {len(values)}")
    return values[index]


def _split(scope: Scope, wanted: list) -> list[str]:
    return scope.resolve(wanted[1]).split(wanted[0])


def _sub(scope: Scope, wanted: Any) -> str:
    text, own = (wanted, {}) if isinstance(wanted, str) else wanted

    def replaced(match: re.Match) -> str:
        literal, name = match[1], match[2].strip()
        if literal:
            return "${" + name + "}"
        if name in own:
            return _text(scope.resolve(own[name]))
        return _text(_get_att(scope, name) if "." in name else scope.ref(name))

    return _PLACEHOLDER.sub(replaced, text)


def _find_in_map(scope: Scope, wanted: list) -> Any:
    found: Any = scope.mappings
    for key in scope.resolve(wanted):
        if not isinstance(found, dict) or key not in found:
            raise Unresolved(f"Fn::FindInMap: there is no {key}")
        found = found[key]
    return found


def _stack_output(scope: Scope, wanted: dict) -> str:
    if set(wanted) - {"StackName", "OutputName", "Region"}:
        raise UnknownIntrinsic(f"Fn::GetStackOutput with {', '.join(wanted)}")
    asked = scope.resolve(wanted)
    stack = scope.others.get(asked["StackName"])
    if stack is None or asked.get("Region", scope.pseudo["AWS::Region"]) != stack.region:
        raise Unresolved(f"there is no stack {asked['StackName']} in {asked.get('Region', 'this region')}")
    if asked["OutputName"] not in stack.outputs:
        raise Unresolved(f"{stack.name} has no output {asked['OutputName']}")
    return stack.outputs[asked["OutputName"]]


def _import(scope: Scope, wanted: Any) -> str:
    name = scope.resolve(wanted)
    for stack in scope.others.values():
        # Exports are of one region; what another one exports cannot be seen.
        if stack.region == scope.pseudo["AWS::Region"] and name in stack.exports:
            return stack.exports[name]
    raise Unresolved(f"nobody exports {name}")


def _contains(scope: Scope, wanted: list) -> bool:
    values, one = scope.resolve(wanted)
    return one in values


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        raise UnknownIntrinsic(f"a text cannot hold {value}")
    return str(value)


_FUNCTIONS: dict[str, Callable[[Scope, Any], Any]] = {
    "Ref": lambda scope, name: scope.ref(name),
    "Fn::GetAtt": _get_att,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetStackOutput": _stack_output,
    "Fn::ImportValue": _import,
    # In rules alone.
    "Fn::Contains": _contains,
    "Fn::Equals": lambda scope, pair: scope.resolve(pair[0]) == scope.resolve(pair[1]),
    "Fn::Not": lambda scope, one: not scope.resolve(one[0]),
    "Fn::And": lambda scope, all_of: all(scope.resolve(each) for each in all_of),
    "Fn::Or": lambda scope, any_of: any(scope.resolve(each) for each in any_of),
}
