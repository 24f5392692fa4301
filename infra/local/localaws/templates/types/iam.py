# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Role(Handler):
    fixed = frozenset({"RoleName", "Path", "Tags", "Description", "MaxSessionDuration", "PermissionsBoundary"})

    def create(self, place: Place, given: Given) -> Made:
        managed, own = given.take("ManagedPolicyArns", []), given.take("Policies", [])
        wanted = {"RoleName": place.name(), **given.rest()}
        role = place.send("iam", "create_role", wanted)["Role"]
        _attach(place, role["RoleName"], [], managed)
        _write(place, role["RoleName"], [], own)
        return Made(role["RoleName"], {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        role = place.client("iam").get_role(**identifier)["Role"]
        return Made(role["RoleName"], {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        old = before.properties
        place.send("iam", "update_assume_role_policy", {
            "RoleName": before.ref, "PolicyDocument": given.take("AssumeRolePolicyDocument")})
        _attach(place, before.ref, old.get("ManagedPolicyArns", []), given.take("ManagedPolicyArns", []))
        _write(place, before.ref, old.get("Policies", []), given.take("Policies", []))
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        _attach(place, resource.ref, resource.properties.get("ManagedPolicyArns", []), [])
        _write(place, resource.ref, resource.properties.get("Policies", []), [])
        place.client("iam").delete_role(RoleName=resource.ref)


def _attach(place: Place, role: str, old: list, new: list) -> None:
    for arn in set(old) - set(new):
        place.client("iam").detach_role_policy(RoleName=role, PolicyArn=arn)
    for arn in set(new) - set(old):
        place.client("iam").attach_role_policy(RoleName=role, PolicyArn=arn)


def _write(place: Place, role: str, old: list, new: list) -> None:
    for policy in new:
        place.send("iam", "put_role_policy", {"RoleName": role, **policy})
    for name in {each["PolicyName"] for each in old} - {each["PolicyName"] for each in new}:
        place.client("iam").delete_role_policy(RoleName=role, PolicyName=name)


class Provider(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("iam", "create_open_id_connect_provider", given.rest())
        return Made(answer["OpenIDConnectProviderArn"], {"Arn": answer["OpenIDConnectProviderArn"]})

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        arn = identifier["Arn"]
        place.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        return Made(arn, {"Arn": arn})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=resource.ref)


HANDLERS = {"AWS::IAM::Role": Role(), "AWS::IAM::OIDCProvider": Provider()}
