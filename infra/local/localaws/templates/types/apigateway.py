# SPDX-License-Identifier: Apache-2.0
"""The API itself, its keys, and what its account needs."""
import json

from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class RestApi(Handler):
    fixed = frozenset({"EndpointConfiguration", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("apigateway", "create_rest_api", given.rest())
        return Made(answer["id"], {"RestApiId": answer["id"], "RootResourceId": _root(place, answer["id"])})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        changes = [{"op": "replace", "path": "/name", "value": given.take("Name")},
                   {"op": "replace", "path": "/policy", "value": json.dumps(given.take("Policy"))}]
        place.client("apigateway").update_rest_api(restApiId=before.ref, patchOperations=changes)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_rest_api(restApiId=resource.ref)


def _root(place: Place, api: str) -> str:
    resources = place.client("apigateway").get_resources(restApiId=api)["items"]
    return next(each["id"] for each in resources if each["path"] == "/")


class Account(Put):
    def create(self, place: Place, given: Given) -> Made:
        change = {"op": "replace", "path": "/cloudwatchRoleArn", "value": given.take("CloudWatchRoleArn")}
        place.client("apigateway").update_account(patchOperations=[change])
        return Made(place.name())

    def delete(self, place: Place, resource: Resource) -> None:
        """Nothing: the role stays the account's, as with CloudFormation."""


class ApiKey(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("apigateway", "create_api_key", given.rest())
        return Made(answer["id"], {"APIKeyId": answer["id"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_api_key(apiKey=resource.ref)


# Of all that may use one key.
_LIMITS = {"Throttle": ("RateLimit", "BurstLimit"), "Quota": ("Limit", "Period")}


class UsagePlan(Handler):
    fixed = frozenset({"UsagePlanName", "ApiStages", "Tags", "Description"})

    def create(self, place: Place, given: Given) -> Made:
        # An empty Throttle says nothing, but an API that is given one finds the stage only by it.
        stages = [{key: each for key, each in stage.items() if each != {}} for stage in given.take("ApiStages", [])]
        answer = place.send("apigateway", "create_usage_plan", {"ApiStages": stages, **given.rest()},
                            names={"UsagePlanName": "name"})
        return Made(answer["id"], {"Id": answer["id"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        changes = []
        for part, names in _LIMITS.items():
            limits = given.part(part)
            changes += [{"op": "replace", "path": f"/{part.lower()}/{name[0].lower()}{name[1:]}",
                         "value": str(limits.take(name))} for name in names]
        place.client("apigateway").update_usage_plan(usagePlanId=before.ref, patchOperations=changes)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        client = place.client("apigateway")
        # A plan that still has stages cannot go.
        stages = [{"op": "remove", "path": "/apiStages", "value": f"{each['ApiId']}:{each['Stage']}"}
                  for each in resource.properties.get("ApiStages", [])]
        client.update_usage_plan(usagePlanId=resource.ref, patchOperations=stages)
        client.delete_usage_plan(usagePlanId=resource.ref)


class UsagePlanKey(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("apigateway", "create_usage_plan_key", wanted)
        return Made(f"{wanted['KeyId']}:{wanted['UsagePlanId']}")

    def delete(self, place: Place, resource: Resource) -> None:
        key, plan = resource.ref.split(":")
        place.client("apigateway").delete_usage_plan_key(usagePlanId=plan, keyId=key)


HANDLERS = {
    "AWS::ApiGateway::Account": Account(),
    "AWS::ApiGateway::ApiKey": ApiKey(),
    "AWS::ApiGateway::RestApi": RestApi(),
    "AWS::ApiGateway::UsagePlan": UsagePlan(),
    "AWS::ApiGateway::UsagePlanKey": UsagePlanKey(),
}
