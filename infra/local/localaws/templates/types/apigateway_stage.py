# SPDX-License-Identifier: Apache-2.0
"""What of an API can be called: deployments and stages."""
from ..errors import CannotUpdate
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Deployment(Handler):
    """A picture of the routes. The CDK names a new one whenever they change."""

    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("apigateway", "create_deployment", given.rest())
        return Made(answer["id"], {"DeploymentId": answer["id"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_deployment(
            restApiId=resource.properties["RestApiId"], deploymentId=resource.ref)


class Stage(Handler):
    fixed = frozenset({"RestApiId", "StageName", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        settings = _settings(given)
        wanted = given.rest()
        place.send("apigateway", "create_stage", wanted)
        _change(place, wanted["RestApiId"], wanted["StageName"], settings)
        return Made(wanted["StageName"])

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        settings = {**_settings(given), "/deploymentId": given.take("DeploymentId")}
        old = Given({key: each for key, each in before.properties.items() if key in _SET})
        if gone := set(_settings(old)) - set(settings):
            raise CannotUpdate(f"{', '.join(gone)} of a stage cannot be taken away")
        _change(place, before.properties["RestApiId"], before.ref, settings)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_stage(
            restApiId=resource.properties["RestApiId"], stageName=resource.ref)


# What a stage is told after it was made: the API wants one patch for each value.
_SET = ("AccessLogSetting", "MethodSettings")
_OF_METHODS = {
    "CachingEnabled": "caching/enabled",
    "DataTraceEnabled": "logging/dataTrace",
    "LoggingLevel": "logging/loglevel",
    "MetricsEnabled": "metrics/enabled",
    "ThrottlingBurstLimit": "throttling/burstLimit",
    "ThrottlingRateLimit": "throttling/rateLimit",
}


def _settings(given: Given) -> dict[str, str]:
    made = {}
    log = given.part("AccessLogSetting")
    for name, path in (("DestinationArn", "destinationArn"), ("Format", "format")):
        if (value := log.take(name, None)) is not None:
            made[f"/accessLogSettings/{path}"] = value
    for methods in given.parts("MethodSettings"):
        # "/*" is every path; a path of its own is written with ~1 for its slashes.
        resource = methods.take("ResourcePath").removeprefix("/") or "~1"
        resource = resource if resource in ("*", "~1") else f"~1{resource.replace('/', '~1')}"
        where = f"/{resource}/{methods.take('HttpMethod')}"
        for name, path in _OF_METHODS.items():
            if (value := methods.take(name, None)) is not None:
                made[f"{where}/{path}"] = str(value).lower() if isinstance(value, bool) else str(value)
    return made


def _change(place: Place, api: str, stage: str, settings: dict[str, str]) -> None:
    changes = [{"op": "replace", "path": path, "value": value} for path, value in settings.items()]
    place.client("apigateway").update_stage(restApiId=api, stageName=stage, patchOperations=changes)


HANDLERS = {"AWS::ApiGateway::Deployment": Deployment(), "AWS::ApiGateway::Stage": Stage()}
