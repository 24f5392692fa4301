# SPDX-License-Identifier: Apache-2.0
"""Every template of three environments, applied in full; and nothing of them can be lost."""
import copy
import unittest
from typing import Any, Iterator
from unittest import mock

import boto3
from botocore.validate import validate_parameters

from localaws.templates import apply
from localaws.templates.errors import TemplateError, UnknownProperty, UnknownType
from localaws.templates.stack import Resource, Stack
from localaws.templates.types import HANDLERS

from .applied import ACCOUNT, HOME, first_applied


def setUpModule() -> None:
    global world
    world = first_applied()


def resources() -> Iterator[tuple[Stack, Resource]]:
    for stack in world.stacks.values():
        for resource in stack.resources.values():
            yield stack, resource


class EveryStack(unittest.TestCase):
    def test_has_all_its_resources(self) -> None:
        for name, template in world.templates("first").items():
            with self.subTest(name):
                self.assertEqual(set(world.stacks[name].resources), set(template.body["Resources"]))
                self.assertEqual(set(world.stacks[name].outputs), set(template.body.get("Outputs", {})))
        environments = {name.split("-")[1] for name in world.stacks}
        types = {each.type for _, each in resources()}
        print(f"\n{len(list(resources()))} resources of {len(types)} types in {len(world.stacks)} stacks of "
              f"{len(environments)} environments: {world.seconds:.1f} s")
        self.assertEqual(environments, {"staging", "production", "third"})

    def test_between_them_use_every_handler(self) -> None:
        self.assertEqual({each.type for _, each in resources()}, set(HANDLERS))

    def test_has_nothing_left_to_resolve(self) -> None:
        for stack, resource in resources():
            text = str(resource.properties)
            for left in ("Fn::", "{'Ref'", "{{resolve", "AWS::", "ZTOBENAMED"):
                self.assertNotIn(left, text, f"{stack.name} {resource.logical}")

    def test_applied_again_changes_nothing(self) -> None:
        def nothing(service: str, region: str) -> Any:
            # The version of the bootstrap is a parameter of every template.
            if service == "ssm":
                return world.client(service, region)
            raise AssertionError(f"{service} was called")

        for name, template in world.templates("first").items():
            before = world.stacks[name]
            after = apply(template.body, name=name, region=template.region, account=ACCOUNT, parameters={},
                          others=world.stacks, before=before, client=nothing)
            self.assertEqual(after, before)

    def test_without_a_handler_for_one_of_its_types_raises(self) -> None:
        templates = world.templates("first")
        for type in HANDLERS:
            template, logical = next((each, logical) for each in templates.values()
                                     for logical, one in each.body["Resources"].items() if one["Type"] == type)
            fewer = {each: handler for each, handler in HANDLERS.items() if each != type}
            with self.subTest(type), mock.patch.dict(HANDLERS, fewer, clear=True):
                with self.assertRaisesRegex(UnknownType, f": no handler makes {type}$"):
                    world.apply(template)

    def test_says_which_resource_cannot_be_made(self) -> None:
        template = {"Resources": {"Twice": {"Type": "AWS::SSM::Parameter", "Properties": {
            "Name": "/palabre/production/moderation/links_max", "Type": "String", "Value": "5"}}}}
        with self.assertRaisesRegex(TemplateError, "^Twice: .*ParameterAlreadyExists"):
            apply(template, name="Twice", region=HOME, account=ACCOUNT, parameters={}, others={}, before=None,
                  client=world.client)


# Below these stand names of our own choice, or documents that the service itself reads.
FREE = {"AssumeRolePolicyDocument", "PolicyDocument", "Policy", "Variables", "ResponseParameters", "ResponseTemplates",
        "RequestParameters", "RequestTemplates", "CustomResponseBodies", "UserPoolTags"}


class APropertyThatNobodyReads(unittest.TestCase):
    def test_raises_wherever_it_stands(self) -> None:
        tried, seen = 0, set()
        for stack, resource in resources():
            for path in structures(resource.properties):
                shape = (resource.type, tuple("[]" if isinstance(each, int) else each for each in path))
                if shape in seen:
                    continue
                seen.add(shape)
                with self.subTest(f"{resource.type} {path}"):
                    properties = copy.deepcopy(resource.properties)
                    inside(properties, path)["Unheard"] = "of"
                    with self.assertRaisesRegex(UnknownProperty, f"^{resource.logical}: "):
                        self.apply(stack, resource, properties)
                tried += 1
        print(f"\n{tried} properties that nobody reads")
        self.assertGreater(tried, len(HANDLERS))

    def test_is_all_that_is_wrong_with_them(self) -> None:
        for stack, resource in resources():
            with self.subTest(resource.logical):
                self.apply(stack, resource, resource.properties)

    def apply(self, stack: Stack, resource: Resource, properties: dict) -> Stack:
        template = {"Resources": {resource.logical: {"Type": resource.type, "Properties": properties}}}
        return apply(template, name=stack.name, region=stack.region, account=ACCOUNT, parameters={}, others={},
                     before=None, client=Dry)


class WhatMotoForgets(unittest.TestCase):
    """It takes these without keeping them, so that they cannot be read back: here is what it was sent."""

    def sent(self, resource: Resource, operation: str, before: Stack | None = None) -> dict:
        Dry.sent.clear()
        template = {"Resources": {resource.logical: {"Type": resource.type, "Properties": resource.properties}}}
        apply(template, name="Stack", region=HOME, account=ACCOUNT, parameters={}, others={}, before=before,
              client=Dry)
        (parameters,) = [each for name, each in Dry.sent if name == operation]
        return parameters

    def test_the_log_of_a_function(self) -> None:
        function = world.stacks["Palabre-production-Api"].one("AWS::Lambda::Function")
        self.assertEqual(self.sent(function, "create_function")["LoggingConfig"], {
            "LogFormat": "Text", "LogGroup": "/aws/lambda/palabre-production-api"})

    def test_the_new_architecture_of_a_function(self) -> None:
        function = world.stacks["Palabre-production-Api"].one("AWS::Lambda::Function")
        other = {**function.properties, "Architectures": ["x86_64"]}
        before = Stack("Stack", HOME, resources={
            function.logical: Resource(function.logical, function.type, other, function.ref, function.attributes, other)})
        code = self.sent(function, "update_function_code", before)
        self.assertEqual((code["FunctionName"], code["Architectures"]), ("palabre-production-api", ["arm64"]))

    def test_the_version_of_a_function_whose_calls_are_given_up(self) -> None:
        given_up = world.stacks["Palabre-production-Backup"].one("AWS::Lambda::EventInvokeConfig")
        self.assertEqual(self.sent(given_up, "put_function_event_invoke_config")["Qualifier"], "$LATEST")


def structures(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Where in a value a further property could stand."""
    if isinstance(value, dict):
        if path and (path[-1] in FREE or path[-1] == "Tags"):
            return
        yield path
        for key, each in value.items():
            yield from structures(each, (*path, key))
    elif isinstance(value, list) and not (path and path[-1] in FREE):
        for index, each in enumerate(value):
            yield from structures(each, (*path, index))


def inside(value: Any, path: tuple) -> Any:
    for key in path:
        value = value[key]
    return value


class Dry:
    """A client that checks what it is asked, and answers anything of the right shape."""

    sent: list[tuple[str, dict]] = []
    _metas: dict[tuple[str, str], Any] = {}

    def __init__(self, service: str, region: str) -> None:
        if (service, region) not in self._metas:
            self._metas[service, region] = boto3.client(
                service, region_name=region, aws_access_key_id="a", aws_secret_access_key="a").meta
        self.meta = self._metas[service, region]

    def __getattr__(self, operation: str) -> Any:
        if operation == "get_waiter":
            return lambda name: mock.Mock()
        model = self.meta.service_model.operation_model(self.meta.method_to_api_mapping[operation])

        def call(**parameters: Any) -> dict:
            validate_parameters(parameters, model.input_shape)
            self.sent.append((operation, parameters))
            return answer(model.output_shape)

        return call


# What handlers look for in answers.
_LOOKED_FOR = {"path": "/", "DomainName": "portfolio.example.org"}


def answer(shape: Any, name: str = "", depth: int = 0) -> Any:
    if shape is None or depth > 9:
        return {}
    if shape.type_name == "structure":
        return {key: answer(each, key, depth + 1) for key, each in shape.members.items()}
    if shape.type_name == "list":
        return [answer(shape.member, name, depth + 1)]
    if shape.type_name == "string":
        return _LOOKED_FOR.get(name, "anything of some length")
    return {} if shape.type_name == "map" else 1


if __name__ == "__main__":
    unittest.main()
