# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class UserPool(Handler):
    def create(self, place: Place, given: Given) -> Made:
        # A second factor is a call of its own: a pool that is just being made cannot demand one.
        factors, demanded = given.take("EnabledMfas", []), given.take("MfaConfiguration", "OFF")
        answer = place.send("cognito-idp", "create_user_pool", given.rest(), names={"UserPoolName": "PoolName"})
        pool = answer["UserPool"]
        _demand(place, pool["Id"], demanded, factors)
        return _made(place, pool)

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        return _made(place, place.client("cognito-idp").describe_user_pool(**identifier)["UserPool"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("cognito-idp").delete_user_pool(UserPoolId=resource.ref)


def _made(place: Place, pool: dict) -> Made:
    issuer = f"cognito-idp.{place.region}.amazonaws.com/{pool['Id']}"
    return Made(pool["Id"], {"Arn": pool["Arn"], "UserPoolId": pool["Id"], "ProviderName": issuer,
                             "ProviderURL": f"https://{issuer}"})


def _demand(place: Place, pool: str, demanded: str, factors: list[str]) -> None:
    known = {"SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaConfiguration"}
    enabled = {known[each]: {"Enabled": True} for each in factors}
    place.send("cognito-idp", "set_user_pool_mfa_config",
               {"UserPoolId": pool, "MfaConfiguration": demanded, **enabled})


class Client(Handler):
    fixed = frozenset({"UserPoolId", "GenerateSecret"})

    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("cognito-idp", "create_user_pool_client", given.rest())["UserPoolClient"]
        return Made(answer["ClientId"], {"ClientId": answer["ClientId"], "Name": answer["ClientName"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        given.take("GenerateSecret", None)
        place.send("cognito-idp", "update_user_pool_client", given.rest(), ClientId=before.ref)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("cognito-idp").delete_user_pool_client(
            UserPoolId=resource.properties["UserPoolId"], ClientId=resource.ref)


class Domain(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("cognito-idp", "create_user_pool_domain", wanted)
        return Made(wanted["Domain"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.send("cognito-idp", "delete_user_pool_domain", resource.properties)


class Group(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("cognito-idp", "create_group", wanted)
        return Made(wanted["GroupName"])

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        return Made(place.client("cognito-idp").get_group(**identifier)["Group"]["GroupName"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("cognito-idp").delete_group(
            UserPoolId=resource.properties["UserPoolId"], GroupName=resource.ref)


HANDLERS = {
    "AWS::Cognito::UserPool": UserPool(),
    "AWS::Cognito::UserPoolClient": Client(),
    "AWS::Cognito::UserPoolDomain": Domain(),
    "AWS::Cognito::UserPoolGroup": Group(),
}
