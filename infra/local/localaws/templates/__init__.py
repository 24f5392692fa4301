# SPDX-License-Identifier: Apache-2.0
"""Applies a CloudFormation template through the APIs of the services.

Not CloudFormation: it knows the types of our own templates, and raises on everything else.
"""
from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, Iterable, Iterator

from botocore.exceptions import BotoCoreError, ClientError

from .dynamic import with_values
from .errors import CannotImport, CannotUpdate, ParameterError, TemplateError, UnknownType
from .given import Given
from .handler import Handler, Made, Place
from .intrinsics import Scope
from .order import creation_order
from .stack import Resource, Stack
from .types import HANDLERS

__all__ = ["Resource", "Stack", "TemplateError", "apply", "remove", "take_in"]

Client = Callable[[str, str], Any]

_SECTIONS = {"AWSTemplateFormatVersion", "Description", "Metadata", "Mappings", "Parameters", "Rules", "Resources",
             "Outputs"}
_PARTS = {"Type", "Properties", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "Metadata"}


def apply(template: dict, *, name: str, region: str, account: str, parameters: dict, others: dict[str, Stack],
          before: Stack | None, client: Client, identifiers: dict[str, dict[str, str]] = {}) -> Stack:
    """Makes the stack, or changes the one that stood there before. What has an identifier is there, and is not made."""
    _refuse_unknown_parts(template)
    _handlers_for(template)
    stack = Stack(name, region, account)
    scope = Scope(_pseudo(name, region, account), _values(template, parameters, client, region), stack.resources,
                  template.get("Mappings", {}), others)
    _keep_rules(template, scope)
    old = before.resources if before else {}
    for logical in creation_order(template["Resources"]):
        place = Place(account, region, name, logical, client)
        stack.resources[logical] = _stand(
            template["Resources"][logical], place, scope, old.get(logical), identifiers.get(logical))
    # What is gone or was replaced goes last: until then, something may have needed it.
    gone = [each for each in old.values() if not _stays(each, stack, template)]
    _delete(reversed(gone), stack, client)
    for key, output in template.get("Outputs", {}).items():
        with _told(f"output {key}"):
            stack.outputs[key] = scope.resolve(output["Value"])
            if "Export" in output:
                stack.exports[scope.resolve(output["Export"]["Name"])] = stack.outputs[key]
    return stack


def take_in(template: dict, identifiers: dict[str, dict[str, str]], **more: Any) -> Stack:
    """As `apply`, with resources that exist already, each by its identifier. Nothing is changed of them."""
    return apply(template, identifiers=identifiers, **more)


def _stays(old: Resource, stack: Stack, template: dict) -> bool:
    now = stack.resources.get(old.logical)
    if now is None:
        return old.retained
    return now.ref == old.ref or template["Resources"][old.logical].get("UpdateReplacePolicy") == "Retain"


def remove(template: dict, stack: Stack, *, client: Client) -> None:
    """Deletes what the template does not want to be kept."""
    going = [each for each in stack.resources.values() if not _is_retained(template["Resources"][each.logical])]
    _delete(reversed(going), stack, client)


def _stand(wanted: dict, place: Place, scope: Scope, old: Resource | None,
           identifier: dict[str, str] | None) -> Resource:
    with _told(place.logical):
        handler, type = HANDLERS[wanted["Type"]], wanted["Type"]
        written = scope.resolve(wanted.get("Properties", {}))
        if old is not None and old.type != type:
            raise CannotUpdate(f"{old.type} cannot become {type}")
        if old is not None and old.written == written:
            old.retained = _is_retained(wanted)
            return old
        properties = with_values(written, place.client)
        place.update_policy = scope.resolve(wanted.get("UpdatePolicy", {}))
        made = (_make(handler, place, Given(properties), old, properties) if identifier is None
                else _find(handler, place, identifier, properties))
        return Resource(place.logical, type, properties, made.ref, made.attributes, written, _is_retained(wanted))


def _make(handler: Handler, place: Place, given: Given, old: Resource | None, properties: dict) -> Made:
    names = set(properties) | set(old.properties if old else {})
    changed = {each for each in names if old and properties.get(each) != old.properties.get(each)}
    if old is None or changed & handler.replaced_by:
        made = handler.create(place, given)
    elif changed & handler.fixed:
        raise CannotUpdate(f"{old.type} cannot be updated: {', '.join(sorted(changed & handler.fixed))}")
    else:
        made = handler.update(place, given, old)
    given.done()
    return made


def _find(handler: Handler, place: Place, identifier: dict[str, str], properties: dict) -> Made:
    for name, value in identifier.items():
        if properties.get(name, value) != value:
            raise CannotImport(f"{name} is {value}, and the template says {properties[name]}")
    return handler.find(place, identifier)


def _delete(resources: Iterable[Resource], stack: Stack, client: Client) -> None:
    for resource in resources:
        with _told(resource.logical):
            place = Place(stack.account, stack.region, stack.name, resource.logical, client)
            HANDLERS[resource.type].delete(place, resource)


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Says in every error which part of the template it is about."""
    try:
        yield
    except TemplateError as error:
        raise type(error)(f"{where}: {error}") from error
    except (ClientError, BotoCoreError) as error:
        raise TemplateError(f"{where}: {error}") from error


def _refuse_unknown_parts(template: dict) -> None:
    for section in set(template) - _SECTIONS:
        raise TemplateError(f"a template with {section} is not understood")
    for logical, resource in template["Resources"].items():
        for part in set(resource) - _PARTS:
            raise TemplateError(f"{logical}: {part} is not understood")
        for part in ("DeletionPolicy", "UpdateReplacePolicy"):
            if resource.get(part, "Delete") not in ("Delete", "Retain"):
                raise TemplateError(f"{logical}: {part} {resource[part]} is not understood")


def _handlers_for(template: dict) -> None:
    for logical, resource in template["Resources"].items():
        if resource["Type"] not in HANDLERS:
            raise UnknownType(f"{logical}: no handler makes {resource['Type']}")


def _is_retained(resource: dict) -> bool:
    return resource.get("DeletionPolicy") == "Retain"


def _pseudo(name: str, region: str, account: str) -> dict[str, str]:
    return {
        "AWS::AccountId": account,
        "AWS::Partition": "aws",
        "AWS::Region": region,
        "AWS::StackId": f"arn:aws:cloudformation:{region}:{account}:stack/{name}/{name}",
        "AWS::StackName": name,
        "AWS::URLSuffix": "amazonaws.com",
    }


def _values(template: dict, given: dict, client: Client, region: str) -> dict[str, Any]:
    declared = template.get("Parameters", {})
    for unknown in set(given) - set(declared):
        raise ParameterError(f"{unknown}: the template has no such parameter")
    return {name: _value(name, each, given, client, region) for name, each in declared.items()}


def _value(name: str, declared: dict, given: dict, client: Client, region: str) -> Any:
    if name not in given and "Default" not in declared:
        raise ParameterError(f"{name}: no value")
    value = given.get(name, declared.get("Default"))
    if declared["Type"] == "String":
        return value
    if declared["Type"] == "AWS::SSM::Parameter::Value<String>":
        try:
            return client("ssm", region).get_parameter(Name=value)["Parameter"]["Value"]
        except ClientError as error:
            raise ParameterError(f"{name}: the parameter {value} cannot be read in {region}: {error}") from error
    raise ParameterError(f"{name}: the type {declared['Type']} is not understood")


def _keep_rules(template: dict, scope: Scope) -> None:
    for name, rule in template.get("Rules", {}).items():
        if set(rule) != {"Assertions"}:
            raise TemplateError(f"{name}: a rule with {', '.join(rule)} is not understood")
        for each in rule["Assertions"]:
            if not scope.resolve(each["Assert"]):
                raise ParameterError(f"{name}: {each.get('AssertDescription', each['Assert'])}")
