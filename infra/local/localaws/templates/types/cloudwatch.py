# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Made, Place, Put
from ..stack import Resource


class Alarm(Put):
    fixed = frozenset({"AlarmName"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = {"AlarmName": place.name(255), **given.rest()}
        place.send("cloudwatch", "put_metric_alarm", wanted)
        name = wanted["AlarmName"]
        return Made(name, {"Arn": place.arn("cloudwatch", f"alarm:{name}")})

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("cloudwatch").delete_alarms(AlarmNames=[resource.ref])


class Dashboard(Put):
    fixed = frozenset({"DashboardName"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = {"DashboardName": place.name(255), **given.rest()}
        place.send("cloudwatch", "put_dashboard", wanted)
        return Made(wanted["DashboardName"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("cloudwatch").delete_dashboards(DashboardNames=[resource.ref])


HANDLERS = {"AWS::CloudWatch::Alarm": Alarm(), "AWS::CloudWatch::Dashboard": Dashboard()}
