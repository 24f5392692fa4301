# SPDX-License-Identifier: Apache-2.0
"""The comments of Palabre as a careful person would write them with FastAPI and SQLite.

The same routes, the same JSON, the same durability (write-ahead log, synchronous = FULL), Markdown
rendered and made safe once, when it is posted. One process of uvicorn with uvloop and httptools.
Reads are short, so they run on the event loop, which is quicker than a thread for each; posts wait
for the disk, so they run in FastAPI's threads. `python fastapi_app.py LINES DATABASE` loads comments.
"""

import base64
import json
import os
import sqlite3
import sys
import threading
import time
import uuid
from datetime import datetime, timezone

import nh3
import orjson
from fastapi import FastAPI, Query, Response
from markdown_it import MarkdownIt
from pydantic import BaseModel, Field

SCHEMA = """
CREATE TABLE IF NOT EXISTS comments (
    id TEXT PRIMARY KEY, section_id TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL,
    text TEXT NOT NULL, html TEXT NOT NULL, parent_id TEXT, website TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_section ON comments (section_id, at DESC, id DESC);
"""
COLUMNS = "id, section_id, at, author, text, html, parent_id, website"
MEMBERS = ("id", "sectionId", "timestamp", "author", "text", "html", "parentId", "website")

PAGE_DEFAULT = 20
PAGE_MAX = 100
WHOLE_SECTION = 50

markdown = MarkdownIt("gfm-like", {"breaks": True, "html": False})


def connect(path):
    made = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("PRAGMA synchronous = FULL")
    return made


class Draft(BaseModel):
    sectionId: str = Field(min_length=1, max_length=200)
    author: str = Field(min_length=1, max_length=80)
    text: str = Field(min_length=1, max_length=10_000)
    parentId: uuid.UUID | None = None
    website: str | None = Field(default=None, max_length=300, pattern=r"^https?://")


def as_json(row):
    comment = {name: value for name, value in zip(MEMBERS, row) if value is not None}
    comment["verified"] = False
    return comment


def answer(status, value, **headers):
    return Response(orjson.dumps(value), status, headers, media_type="application/json")


def problem(status, title):
    return Response(orjson.dumps({"status": status, "title": title}), status,
                    media_type="application/problem+json")


def encode_cursor(row):
    return base64.urlsafe_b64encode(f"{row[2]} {row[0]}".encode()).decode()


def decode_cursor(text):
    at, comment_id = base64.urlsafe_b64decode(text).decode().split(" ")
    return at, comment_id


def make_app(database):
    app = FastAPI()
    writing = connect(database)
    writing.executescript(SCHEMA)
    reading = connect(database)
    one_writer = threading.Lock()

    @app.get("/commentaires")
    async def list_comments(
        section_id: str = Query(alias="sectionId", min_length=1),
        limit: int | None = Query(default=None, ge=1, le=PAGE_MAX),
        cursor: str | None = None,
    ):
        wanted = limit or (PAGE_DEFAULT if cursor else WHOLE_SECTION)
        where, values = "section_id = ?", [section_id]
        if cursor:
            try:
                values += decode_cursor(cursor)
            except ValueError:
                return problem(400, "This is not a cursor.")
            where += " AND (at, id) < (?, ?)"
        rows = reading.execute(
            f"SELECT {COLUMNS} FROM comments WHERE {where} ORDER BY at DESC, id DESC LIMIT ?",
            (*values, wanted + 1),
        ).fetchall()
        total = reading.execute(
            "SELECT count(*) FROM comments WHERE section_id = ?", (section_id,)
        ).fetchone()[0]
        more = len(rows) > wanted
        rows = rows[: (limit or PAGE_DEFAULT) if more else wanted]
        page = {"comments": [as_json(row) for row in rows], "total": total}
        if more:
            page["nextCursor"] = encode_cursor(rows[-1])
        return answer(200, page)

    @app.post("/commentaires")
    def post_comment(draft: Draft):
        html = nh3.clean(markdown.render(draft.text))
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        row = (str(uuid.uuid4()), draft.sectionId, now, draft.author, draft.text, html,
               str(draft.parentId) if draft.parentId else None, draft.website)
        with one_writer:  # SQLite has one anyway; waiting here is cheaper than its own retries
            if draft.parentId and not writing.execute(
                "SELECT 1 FROM comments WHERE id = ? AND section_id = ?", (row[6], row[1])
            ).fetchone():
                return problem(404, "The parent is not in this section.")
            writing.execute(f"INSERT INTO comments ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", row)
        return answer(201, as_json(row), location=f"/commentaires/{row[0]}")

    @app.get("/health")
    async def health():
        reading.execute("SELECT 1 FROM comments LIMIT 1").fetchone()
        return answer(200, {"status": "ok"})

    return app


def load(lines, database):
    made = connect(database)
    made.executescript(SCHEMA)
    made.execute("BEGIN")
    with open(lines, encoding="utf-8") as file:
        rows = (tuple(json.loads(line).get(name) for name in MEMBERS) for line in file)
        made.executemany(f"INSERT INTO comments ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", rows)
    made.execute("COMMIT")
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    begun = time.monotonic()
    load(sys.argv[1], sys.argv[2])
    print(f"loaded in {time.monotonic() - begun:.1f} s")
elif "BENCH_DATABASE" in os.environ:
    application = make_app(os.environ["BENCH_DATABASE"])
