# SPDX-License-Identifier: Apache-2.0
import time

from botocore.exceptions import ClientError

from ..errors import TemplateError
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource

# What a table is unless it is said otherwise.
_USUAL = {"BillingMode": "PROVISIONED", "DeletionProtectionEnabled": False}

# An index of a few thousand comments takes less than one.
_INDEX_SECONDS_MAX = 60


class Table(Handler):
    fixed = frozenset({"TableName", "KeySchema", "Tags"})

    def create(self, place: Place, given: Given) -> Made:
        recovery, expiry = given.take("PointInTimeRecoverySpecification", {}), given.take("TimeToLiveSpecification", {})
        table = place.send("dynamodb", "create_table", given.rest())["TableDescription"]
        name = table["TableName"]
        place.client("dynamodb").get_waiter("table_exists").wait(TableName=name)
        if recovery:
            _keep_history(place, name, recovery)
        if expiry:
            _expire(place, name, expiry)
        return Made(name, {"Arn": table["TableArn"]})

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        table = place.client("dynamodb").describe_table(**identifier)["Table"]
        return Made(table["TableName"], {"Arn": table["TableArn"]})

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        name, old = before.ref, before.properties
        for fixed in self.fixed:
            given.take(fixed, None)
        recovery, expiry = given.take("PointInTimeRecoverySpecification", {}), given.take("TimeToLiveSpecification", {})
        if recovery != old.get("PointInTimeRecoverySpecification", {}):
            _keep_history(place, name, recovery or {"PointInTimeRecoveryEnabled": False})
        if expiry != old.get("TimeToLiveSpecification", {}):
            _expire(place, name, expiry or {**old["TimeToLiveSpecification"], "Enabled": False})
        attributes = given.take("AttributeDefinitions")
        _change_indexes(place, name, attributes, old.get("GlobalSecondaryIndexes", []),
                        given.take("GlobalSecondaryIndexes", []))
        wanted = {key: given.take(key, usual) for key, usual in _USUAL.items()}
        changed = {key: each for key, each in wanted.items() if each != old.get(key, _USUAL[key])}
        if changed:
            place.send("dynamodb", "update_table", {"TableName": name, **changed})
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("dynamodb").delete_table(TableName=resource.ref)


def _keep_history(place: Place, name: str, wanted: dict) -> None:
    place.send("dynamodb", "update_continuous_backups",
               {"TableName": name, "PointInTimeRecoverySpecification": wanted})


def _expire(place: Place, name: str, wanted: dict) -> None:
    place.send("dynamodb", "update_time_to_live", {"TableName": name, "TimeToLiveSpecification": wanted})


def _change_indexes(place: Place, name: str, attributes: list, old: list, new: list) -> None:
    before, after = ({each["IndexName"]: each for each in some} for some in (old, new))
    # One that differs goes and comes back.
    for index in [each for each in before if after.get(each) != before[each]]:
        place.send("dynamodb", "update_table", {
            "TableName": name, "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": index}}]})
        _await_indexes(place, name)
    for index in [each for each in after if after[each] != before.get(each)]:
        place.send("dynamodb", "update_table", {
            "TableName": name, "AttributeDefinitions": attributes,
            "GlobalSecondaryIndexUpdates": [{"Create": after[index]}]})
        _await_indexes(place, name)


def _await_indexes(place: Place, name: str) -> None:
    """DynamoDB takes one index at a time, and no other change of the table until it is done."""
    until = time.monotonic() + _INDEX_SECONDS_MAX
    while (states := _states(place, name)) != {"ACTIVE"}:
        if time.monotonic() > until:
            raise TemplateError(f"an index of {name} is not done after {_INDEX_SECONDS_MAX} seconds: {states}")
        time.sleep(0.05)


def _states(place: Place, name: str) -> set[str]:
    """Of the table and of its indexes."""
    try:
        table = place.client("dynamodb").describe_table(TableName=name)["Table"]
    except ClientError as error:
        # DynamoDB Local fails now and then in the midst of an index. Other clients would ask again by themselves.
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 500:
            raise
        return {"unknown"}
    return {table["TableStatus"], *(each["IndexStatus"] for each in table.get("GlobalSecondaryIndexes", []))}


HANDLERS = {"AWS::DynamoDB::Table": Table()}
