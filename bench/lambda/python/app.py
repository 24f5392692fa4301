# SPDX-License-Identifier: Apache-2.0
"""The comments of Palabre as a careful person would write them for Lambda in Python.

FastAPI behind Mangum, boto3, on the runtime client that AWS gives to Python functions. The same
routes, the same JSON and the same table as ours. What is known to make such a function quick is done:
one client made before the first event, keep-alive, the low-level client instead of resources (which
read a model of their own at the start), no validation of parameters that are ours, orjson, no OpenAPI
document, no lifespan, Markdown rendered once, when it is posted.
"""

import base64
import os
import uuid
from datetime import datetime, timezone

import boto3
import nh3
import orjson
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, Query, Response
from mangum import Mangum
from markdown_it import MarkdownIt
from pydantic import BaseModel, Field

TABLE = os.environ.get("COMMENTS_TABLE", "CommentairesAlternance")
INDEX = "sectionId-timestamp-index"
MEMBERS = ("id", "sectionId", "timestamp", "author", "text", "html", "parentId", "website")

PAGE_DEFAULT = 20
PAGE_MAX = 100
WHOLE_SECTION = 50

dynamodb = boto3.client("dynamodb", config=Config(
    tcp_keepalive=True, parameter_validation=False, connect_timeout=2, read_timeout=5,
    retries={"mode": "standard"},
))
markdown = MarkdownIt("gfm-like", {"breaks": True, "html": False})
app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)


class Draft(BaseModel):
    sectionId: str = Field(min_length=1, max_length=200)
    author: str = Field(min_length=1, max_length=80)
    text: str = Field(min_length=1, max_length=10_000)
    parentId: uuid.UUID | None = None
    website: str | None = Field(default=None, max_length=300, pattern=r"^https?://")


def answer(status, value, **headers):
    return Response(orjson.dumps(value), status, headers, media_type="application/json")


def problem(status, title):
    return Response(orjson.dumps({"status": status, "title": title}), status,
                    media_type="application/problem+json")


def as_json(item):
    comment = {name: item[name]["S"] for name in MEMBERS if name in item}
    comment["verified"] = False
    return comment


def counter_of(section_id):
    """Counts lie in items of the same table, which lack what the index asks for."""
    return {"id": {"S": f"section#{section_id}"}}


def encode_cursor(key):
    return base64.urlsafe_b64encode(f"{key['timestamp']['S']} {key['id']['S']}".encode()).decode()


def decode_cursor(text, section_id):
    at, comment_id = base64.urlsafe_b64decode(text).decode().split(" ")
    return {"sectionId": {"S": section_id}, "timestamp": {"S": at}, "id": {"S": comment_id}}


def count(section_id):
    found = dynamodb.get_item(TableName=TABLE, Key=counter_of(section_id)).get("Item")
    return int(found["comments"]["N"]) if found else 0


@app.exception_handler(ClientError)
@app.exception_handler(BotoCoreError)
async def store_failed(_request, _error):
    return problem(503, "The comments cannot be reached.")


# boto3 blocks, and a function has one request at a time: on the event loop, without a thread.
@app.get("/commentaires")
async def list_comments(
    section_id: str = Query(alias="sectionId", min_length=1),
    limit: int | None = Query(default=None, ge=1, le=PAGE_MAX),
    cursor: str | None = None,
):
    wanted = limit or (PAGE_DEFAULT if cursor else WHOLE_SECTION)
    query = dict(
        TableName=TABLE, IndexName=INDEX, ScanIndexForward=False, Limit=wanted + 1,
        KeyConditionExpression="sectionId = :section",
        ExpressionAttributeValues={":section": {"S": section_id}},
    )
    if cursor:
        try:
            query["ExclusiveStartKey"] = decode_cursor(cursor, section_id)
        except ValueError:
            return problem(400, "This is not a cursor.")
    items = dynamodb.query(**query)["Items"]
    more = len(items) > wanted
    items = items[: (limit or PAGE_DEFAULT) if more else wanted]
    # A section that came back whole needs no second question.
    total = count(section_id) if more or cursor else len(items)
    page = {"comments": [as_json(item) for item in items], "total": total}
    if more:
        page["nextCursor"] = encode_cursor(items[-1])
    return answer(200, page)


@app.post("/commentaires")
async def post_comment(draft: Draft):
    if draft.parentId:
        parent = dynamodb.get_item(TableName=TABLE, Key={"id": {"S": str(draft.parentId)}}).get("Item")
        if not parent or parent.get("sectionId", {}).get("S") != draft.sectionId:
            return problem(404, "The parent is not in this section.")
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    item = {
        "id": str(uuid.uuid4()), "sectionId": draft.sectionId, "timestamp": now,
        "author": draft.author, "text": draft.text, "html": nh3.clean(markdown.render(draft.text)),
        "parentId": str(draft.parentId) if draft.parentId else None, "website": draft.website,
    }
    item = {name: {"S": value} for name, value in item.items() if value is not None}
    # Both or none; boto3 adds the token that makes a retry harmless.
    dynamodb.transact_write_items(TransactItems=[
        {"Put": {"TableName": TABLE, "Item": item, "ConditionExpression": "attribute_not_exists(id)"}},
        {"Update": {"TableName": TABLE, "Key": counter_of(draft.sectionId),
                    "UpdateExpression": "ADD comments :one",
                    "ExpressionAttributeValues": {":one": {"N": "1"}}}},
    ])
    return answer(201, as_json(item), location=f"/commentaires/{item['id']['S']}")


@app.get("/health")
async def health():
    dynamodb.get_item(TableName=TABLE, Key=counter_of("health"))
    return answer(200, {"status": "ok"})


handler = Mangum(app, lifespan="off")
