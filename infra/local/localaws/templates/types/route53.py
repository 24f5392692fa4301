# SPDX-License-Identifier: Apache-2.0
from typing import Any

from ..errors import CannotUpdate
from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class RecordSet(Put):
    fixed = frozenset({"HostedZoneId", "Name", "Type"})

    def create(self, place: Place, given: Given) -> Made:
        zone, record = given.take("HostedZoneId"), given.rest()
        change_record(place, zone, "UPSERT", record)
        return Made(record["Name"])

    def delete(self, place: Place, resource: Resource) -> None:
        record = dict(resource.properties)
        change_record(place, record.pop("HostedZoneId"), "DELETE", record)


def change_record(place: Place, zone: str, action: str, record: dict) -> None:
    alias: dict[str, Any] = {}
    if "AliasTarget" in record:
        # CloudFormation takes it for granted, the API does not.
        alias = {"AliasTarget": {"EvaluateTargetHealth": False, **record["AliasTarget"]}}
    change = {"Action": action, "ResourceRecordSet": {**record, **alias}}
    place.send("route53", "change_resource_record_sets", {"HostedZoneId": zone, "ChangeBatch": {"Changes": [change]}})


class HealthCheck(Handler):
    fixed = frozenset({"HealthCheckTags"})

    def create(self, place: Place, given: Given) -> Made:
        tags = given.take("HealthCheckTags", [])
        answer = place.send("route53", "create_health_check", {"CallerReference": place.name(), **given.rest()})
        id = answer["HealthCheck"]["Id"]
        if tags:
            place.send("route53", "change_tags_for_resource",
                       {"ResourceType": "healthcheck", "ResourceId": id, "AddTags": tags})
        return Made(id, {"HealthCheckId": id})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        given.take("HealthCheckTags", None)
        config, old = given.part("HealthCheckConfig"), before.properties["HealthCheckConfig"]
        for fixed in ("Type", "RequestInterval"):
            if config.take(fixed, None) != old.get(fixed):
                raise CannotUpdate(f"{fixed} of a health check cannot be updated")
        place.send("route53", "update_health_check", config.rest(), HealthCheckId=before.ref)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("route53").delete_health_check(HealthCheckId=resource.ref)


HANDLERS = {"AWS::Route53::HealthCheck": HealthCheck(), "AWS::Route53::RecordSet": RecordSet()}
