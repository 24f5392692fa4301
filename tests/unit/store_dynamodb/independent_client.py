#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Another client of the table, by boto3 and by docs/formats/dynamodb.md alone.

independent_client.py ENDPOINT TABLE SECTION: prints the authors and texts of a section, newest
first, as JSON, and then writes a comment of its own, as the format says.
"""

import json
import sys
import time

import boto3
from boto3.dynamodb.conditions import Key

endpoint, table_name, section = sys.argv[1:]
resource = boto3.resource(
    "dynamodb",
    endpoint_url=endpoint,
    region_name="eu-west-3",
    aws_access_key_id="another",
    aws_secret_access_key="client",
)
table = resource.Table(table_name)

found = table.query(
    IndexName="sectionId-timestamp-index",
    KeyConditionExpression=Key("sectionId").eq(section),
    ScanIndexForward=False,
)["Items"]
print(json.dumps([[each["author"], each["text"], each["timestamp"]] for each in found]))

resource.meta.client.transact_write_items(
    TransactItems=[
        {
            "Put": {
                "TableName": table_name,
                "Item": {
                    "id": "00000000-0000-7000-8000-0000000000ff",
                    "sectionId": section,
                    "timestamp": "2026-11-22T17:45:00.000Z",
                    "author": "boto3",
                    "text": "written by *another* client",
                },
                "ConditionExpression": "attribute_not_exists(id)",
            }
        },
        {
            "Update": {
                "TableName": table_name,
                "Key": {"id": "section#" + section},
                "UpdateExpression": "ADD published :one, changes :one SET changedAt = :now",
                "ExpressionAttributeValues": {":one": 1, ":now": int(time.time() * 1000)},
            }
        },
    ]
)
