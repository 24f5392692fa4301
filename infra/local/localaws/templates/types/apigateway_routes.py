# SPDX-License-Identifier: Apache-2.0
"""The paths of an API and what answers there."""
from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class PathResource(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("apigateway", "create_resource", given.rest())
        return Made(answer["id"], {"ResourceId": answer["id"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_resource(
            restApiId=resource.properties["RestApiId"], resourceId=resource.ref)


class Method(Handler):
    fixed = frozenset({"RestApiId", "ResourceId", "HttpMethod"})

    def create(self, place: Place, given: Given) -> Made:
        where = {key: given.take(key) for key in ("RestApiId", "ResourceId", "HttpMethod")}
        integration, responses = given.part("Integration"), given.take("MethodResponses", [])
        integration_responses = integration.take("IntegrationResponses", [])
        place.send("apigateway", "put_method", {**where, **given.rest()})
        place.send("apigateway", "put_integration", {**where, **integration.rest()})
        for each in responses:
            place.send("apigateway", "put_method_response", {**where, **each})
        for each in integration_responses:
            place.send("apigateway", "put_integration_response", {**where, **each})
        return Made(place.name())

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        # Readers see the stage, which keeps the methods of its deployment until there is another one.
        self.delete(place, before)
        return self.create(place, given)

    def delete(self, place: Place, resource: Resource) -> None:
        where = {key: resource.properties[key] for key in ("RestApiId", "ResourceId", "HttpMethod")}
        place.send("apigateway", "delete_method", where)


class Authorizer(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("apigateway", "create_authorizer", given.rest())
        return Made(answer["id"], {"AuthorizerId": answer["id"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_authorizer(
            restApiId=resource.properties["RestApiId"], authorizerId=resource.ref)


class RequestValidator(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("apigateway", "create_request_validator", given.rest())
        return Made(answer["id"], {"RequestValidatorId": answer["id"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("apigateway").delete_request_validator(
            restApiId=resource.properties["RestApiId"], requestValidatorId=resource.ref)


class GatewayResponse(Put):
    fixed = frozenset({"RestApiId", "ResponseType"})

    def create(self, place: Place, given: Given) -> Made:
        place.send("apigateway", "put_gateway_response", given.rest())
        return Made(place.name(), {"Id": place.name()})

    def delete(self, place: Place, resource: Resource) -> None:
        of = resource.properties
        place.client("apigateway").delete_gateway_response(
            restApiId=of["RestApiId"], responseType=of["ResponseType"])


HANDLERS = {
    "AWS::ApiGateway::Authorizer": Authorizer(),
    "AWS::ApiGateway::GatewayResponse": GatewayResponse(),
    "AWS::ApiGateway::Method": Method(),
    "AWS::ApiGateway::RequestValidator": RequestValidator(),
    "AWS::ApiGateway::Resource": PathResource(),
}
