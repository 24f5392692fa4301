# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class LogGroup(Handler):
    fixed = frozenset({"LogGroupName", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        days = given.take("RetentionInDays", None)
        wanted = {"LogGroupName": place.name(512), **given.rest()}
        place.send("logs", "create_log_group", wanted)
        name = wanted["LogGroupName"]
        _keep_for(place, name, days)
        return Made(name, {"Arn": place.arn("logs", f"log-group:{name}:*")})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        _keep_for(place, before.ref, given.take("RetentionInDays", None))
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("logs").delete_log_group(logGroupName=resource.ref)


def _keep_for(place: Place, name: str, days: int | None) -> None:
    if days is None:
        place.client("logs").delete_retention_policy(logGroupName=name)
    else:
        place.client("logs").put_retention_policy(logGroupName=name, retentionInDays=days)


class MetricFilter(Put):
    fixed = frozenset({"LogGroupName", "FilterName"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = {"FilterName": place.name(512), **given.rest()}
        place.send("logs", "put_metric_filter", wanted)
        return Made(wanted["FilterName"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("logs").delete_metric_filter(
            logGroupName=resource.properties["LogGroupName"], filterName=resource.ref)


class DeliverySource(Put):
    fixed = frozenset({"Name", "LogType", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("logs", "put_delivery_source", given.rest())["deliverySource"]
        return Made(answer["name"], {"Arn": answer["arn"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("logs").delete_delivery_source(name=resource.ref)


class DeliveryDestination(Put):
    fixed = frozenset({"Name", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        target = {"DestinationResourceArn": given.take("DestinationResourceArn")}
        answer = place.send("logs", "put_delivery_destination",
                            {"DeliveryDestinationConfiguration": target, **given.rest()})["deliveryDestination"]
        return Made(answer["name"], {"Arn": answer["arn"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("logs").delete_delivery_destination(name=resource.ref)


class Delivery(Handler):
    def create(self, place: Place, given: Given) -> Made:
        answer = place.send("logs", "create_delivery", given.rest())["delivery"]
        return Made(answer["id"], {"Arn": answer["arn"], "DeliveryId": answer["id"]})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("logs").delete_delivery(id=resource.ref)


HANDLERS = {
    "AWS::Logs::Delivery": Delivery(),
    "AWS::Logs::DeliveryDestination": DeliveryDestination(),
    "AWS::Logs::DeliverySource": DeliverySource(),
    "AWS::Logs::LogGroup": LogGroup(),
    "AWS::Logs::MetricFilter": MetricFilter(),
}
