# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class WebAcl(Handler):
    fixed = frozenset({"Name", "Scope", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        scope = given.take("Scope")
        answer = place.send("wafv2", "create_web_acl", {"Scope": scope, **given.rest()})["Summary"]
        return Made(f"{answer['Name']}|{answer['Id']}|{scope}", {"Arn": answer["ARN"], "Id": answer["Id"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        given.take("Tags", None)
        name, id, scope = before.ref.split("|")
        place.send("wafv2", "update_web_acl", given.rest(), Id=id, LockToken=_token(place, name, id, scope))
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        name, id, scope = resource.ref.split("|")
        place.client("wafv2").delete_web_acl(
            Name=name, Id=id, Scope=scope, LockToken=_token(place, name, id, scope))


def _token(place: Place, name: str, id: str, scope: str) -> str:
    return place.client("wafv2").get_web_acl(Name=name, Id=id, Scope=scope)["LockToken"]


class Association(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("wafv2", "associate_web_acl", wanted)
        return Made(f"{wanted['WebACLArn']}|{wanted['ResourceArn']}")

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("wafv2").disassociate_web_acl(ResourceArn=resource.properties["ResourceArn"])


class Logging(Put):
    fixed = frozenset({"ResourceArn"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("wafv2", "put_logging_configuration", {"LoggingConfiguration": wanted})
        return Made(wanted["ResourceArn"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("wafv2").delete_logging_configuration(ResourceArn=resource.ref)


HANDLERS = {
    "AWS::WAFv2::LoggingConfiguration": Logging(),
    "AWS::WAFv2::WebACL": WebAcl(),
    "AWS::WAFv2::WebACLAssociation": Association(),
}
