# SPDX-License-Identifier: Apache-2.0
"""DynamoDB: the table, or the index that is asked; in a transaction each item its own action
("Using IAM with DynamoDB transactions")."""

from ..call import Call
from .need import Need, NoDerivation, arn

OF_ONE_TABLE = {
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "Scan",
    "DescribeTable",
    "DescribeTimeToLive",
    "DescribeContinuousBackups",
    "CreateTable",
    "UpdateTable",
    "DeleteTable",
    "UpdateTimeToLive",
    "UpdateContinuousBackups",
}
OF_MANY_TABLES = {"BatchGetItem", "BatchWriteItem"}
IN_TRANSACTION = {
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


def needs(call: Call) -> list[Need]:
    operation, asked = call.operation, call.parameters
    if operation in OF_ONE_TABLE:
        index = f"/index/{asked['IndexName']}" if "IndexName" in asked else ""
        return [_need(call, operation, asked["TableName"], index)]
    if operation in OF_MANY_TABLES:
        return [_need(call, operation, table) for table in asked["RequestItems"]]
    if operation in ("TransactWriteItems", "TransactGetItems"):
        parts = [part for item in asked["TransactItems"] for part in item.items()]
        return [_need(call, IN_TRANSACTION[kind], part["TableName"]) for kind, part in parts]
    if operation in ("ExportTableToPointInTime", "ListExports"):
        return [_need(call, operation, asked["TableArn"])]
    if operation == "ListTables":
        return [Need("dynamodb:ListTables", "*")]
    if operation == "DescribeExport":
        return [Need(f"dynamodb:{operation}", asked["ExportArn"])]
    raise NoDerivation(call)


def _need(call: Call, action: str, table: str, index: str = "") -> Need:
    whole = table if table.startswith("arn:") else arn(call, f"table/{table}")
    return Need(f"dynamodb:{action}", whole + index)
