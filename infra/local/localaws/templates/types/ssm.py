# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Parameter(Handler):
    fixed = frozenset({"Name", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = {"Name": place.name(1011), **given.rest()}
        place.send("ssm", "put_parameter", wanted)
        return Made(wanted["Name"], {"Type": wanted["Type"], "Value": wanted["Value"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        given.take("Tags", None)  # which cannot be sent along with a new value
        wanted = given.rest()
        place.send("ssm", "put_parameter", {"Name": before.ref, **wanted}, Overwrite=True)
        return Made(before.ref, {"Type": wanted["Type"], "Value": wanted["Value"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("ssm").delete_parameter(Name=resource.ref)


HANDLERS = {"AWS::SSM::Parameter": Parameter()}
