# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Schedule(Handler):
    fixed = frozenset({"Name", "GroupName"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = {"Name": place.name(), **given.rest()}
        arn = place.send("scheduler", "create_schedule", wanted)["ScheduleArn"]
        return Made(wanted["Name"], {"Arn": arn})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        place.send("scheduler", "update_schedule", {"Name": before.ref, **given.rest()})
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("scheduler").delete_schedule(Name=resource.ref)


HANDLERS = {"AWS::Scheduler::Schedule": Schedule()}
