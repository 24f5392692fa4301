# SPDX-License-Identifier: Apache-2.0
import json

from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class Function(Handler):
    fixed = frozenset({"FunctionName", "PackageType", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("lambda", "create_function", {"FunctionName": place.name(), **given.rest()})
        return Made(answer["FunctionName"], {"Arn": answer["FunctionArn"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        function = {"FunctionName": before.ref}
        code = {**given.take("Code"), "Architectures": given.take("Architectures", ["x86_64"])}
        place.send("lambda", "update_function_code", {**function, **code})
        place.send("lambda", "update_function_configuration", {**function, **given.rest()})
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("lambda").delete_function(FunctionName=resource.ref)


class Version(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("lambda", "publish_version", given.rest())
        return Made(answer["FunctionArn"], {"Version": answer["Version"], "FunctionArn": answer["FunctionArn"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("lambda").delete_function(
            FunctionName=resource.properties["FunctionName"], Qualifier=resource.attributes["Version"])


class Alias(Handler):
    fixed = frozenset({"FunctionName", "Name"})

    def create(self, place: Place, given: Given) -> Made:
        return _alias(place.send("lambda", "create_alias", given.rest()))

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        wanted = given.rest()
        _release(place, before.properties, wanted["FunctionVersion"])
        return _alias(place.send("lambda", "update_alias", wanted))

    def delete(self, place: Place, resource: Resource) -> None:
        of = resource.properties
        place.client("lambda").delete_alias(FunctionName=of["FunctionName"], Name=of["Name"])


def _alias(answer: dict) -> Made:
    return Made(answer["AliasArn"], {"AliasArn": answer["AliasArn"]})


def _release(place: Place, alias: dict, version: str) -> None:
    """Tells CodeDeploy of the new version, as CloudFormation does. What it ends in is that the alias points there."""
    policy = Given(place.update_policy, "UpdatePolicy.")
    release = policy.take("CodeDeployLambdaAliasUpdate", None)
    policy.done()
    if release is None:
        return
    target = {"Type": "AWS::Lambda::Function", "Properties": {
        "Name": alias["FunctionName"], "Alias": alias["Name"],
        "CurrentVersion": alias["FunctionVersion"], "TargetVersion": version}}
    content = json.dumps({"version": 0.0, "Resources": [{place.logical: target}]})
    place.send("codedeploy", "create_deployment", {
        **release, "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": content}}})


class EventInvokeConfig(Put):
    fixed = frozenset({"FunctionName", "Qualifier"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("lambda", "put_function_event_invoke_config", wanted)
        return Made(f"{wanted['FunctionName']}|{wanted['Qualifier']}")

    def delete(self, place: Place, resource: Resource) -> None:
        of = resource.properties
        place.client("lambda").delete_function_event_invoke_config(
            FunctionName=of["FunctionName"], Qualifier=of["Qualifier"])


class Permission(Handler):
    def create(self, place: Place, given: Given) -> Made:
        function, qualifier = _qualified(given.take("FunctionName"))
        statement = place.name(100)  # what the API takes
        place.send("lambda", "add_permission",
                   {"FunctionName": function, **qualifier, "StatementId": statement, **given.rest()})
        return Made(statement)

    def delete(self, place: Place, resource: Resource) -> None:
        function, qualifier = _qualified(resource.properties["FunctionName"])
        place.client("lambda").remove_permission(FunctionName=function, StatementId=resource.ref, **qualifier)


def _qualified(function: str) -> tuple[str, dict[str, str]]:
    """The function and the alias of arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS, or what is written alone."""
    parts = function.split(":")
    if len(parts) == 8:
        return ":".join(parts[:7]), {"Qualifier": parts[7]}
    return function, {}


HANDLERS = {
    "AWS::Lambda::Function": Function(),
    "AWS::Lambda::Version": Version(),
    "AWS::Lambda::Alias": Alias(),
    "AWS::Lambda::EventInvokeConfig": EventInvokeConfig(),
    "AWS::Lambda::Permission": Permission(),
}
