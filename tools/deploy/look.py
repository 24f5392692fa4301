# SPDX-License-Identifier: Apache-2.0
"""Looks at the public address as a reader would: the first page, /health, and a comment that comes and goes."""

import dataclasses
import functools
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from . import say

# A new distribution, and a new name in DNS, take minutes until everybody sees them.
PATIENCE_SECONDS = 600
PAUSE_SECONDS = 5
TIMEOUT_SECONDS = 30   # the gateway gives up after 29

# What we send is wrong, and time does not mend it. 401 and 403 it may: keys, too, need a minute.
NEVER_HEALS = {400, 413, 415, 422}

SECTION = "deploy-check"   # no page shows it
AUTHOR = "deploy"
TEXT = "A deployment looks whether comments come through. This one is deleted at once."


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict:
        return json.loads(self.body)

    def __str__(self) -> str:
        return f"{self.status} {self.body[:200].decode('utf-8', 'replace')}"


class Unwell(Exception):
    """What was seen is not what should be; it may become so."""


class Reader:
    def __init__(self, address: str):
        self._address = address.rstrip("/")

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: dict | None = None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, data, headers or {}, method=method)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return Answer(answer.status, _lower(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, _lower(error.headers), error.read())
        except OSError as error:   # no such name yet, no connection, no certificate for the name
            raise Unwell(f"{method} {path}: {getattr(error, 'reason', error)}") from None

    def expect(self, wanted: int | tuple[int, ...], method: str, path: str, **more) -> Answer:
        answer = self.ask(method, path, **more)
        if answer.status in NEVER_HEALS:
            raise say.Stop(f"{method} {path} was answered {answer}")
        if answer.status not in (wanted if isinstance(wanted, tuple) else (wanted,)):
            raise Unwell(f"{method} {path} was answered {answer}")
        return answer


def _lower(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def patiently(look, *, seconds: float, pause: float = PAUSE_SECONDS):
    """What `look` returns, once it is well."""
    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            return look()
        except Unwell as unwell:
            if time.monotonic() + pause > deadline:
                raise say.Stop(f"Not well after {_duration(seconds)}: {unwell}") from None
            if not told:
                say.more(f"not yet: {unwell}")
                say.more(f"asking again for up to {_duration(seconds)}, since CloudFront and DNS take theirs")
            told = True
        time.sleep(pause)


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def run(address: str, key: str | None, key_wanted: bool, patience: float = PATIENCE_SECONDS) -> None:
    reader = Reader(address)
    well = functools.partial(patiently, seconds=patience)
    well(lambda: _front_page(reader))
    health = well(lambda: reader.expect(200, "GET", "/health"))
    say.step("health", f"{address} answers; version {health.json().get('version')}, {health.json().get('status')}")
    if key is None and key_wanted:
        say.step("round trip", "left out: posts want a key of ours, and --site-key names none")
        return
    headers = {"x-api-key": key} if key else {}
    # One key for all attempts: a post whose answer was lost is not made twice.
    headers["Idempotency-Key"] = str(uuid.uuid4())
    posted = well(lambda: _post(reader, headers))
    try:
        if posted.status == 202:
            say.step("round trip", "a comment was posted, and waits for a moderator as the settings say")
        else:
            well(lambda: _read_back(reader, posted.json()))
            say.step("round trip", "a comment was posted and read back")
    finally:
        _delete(reader, posted.json())


def _front_page(reader: Reader) -> None:
    page = reader.expect(200, "GET", "/")
    if not page.headers.get("content-type", "").startswith("text/html"):
        raise Unwell(f"GET / is no page: {page.headers.get('content-type')}")


def _post(reader: Reader, headers: dict[str, str]) -> Answer:
    draft = {"sectionId": SECTION, "author": AUTHOR, "text": TEXT}
    return reader.expect((201, 202), "POST", "/commentaires", headers=headers, body=draft)


def _read_back(reader: Reader, comment: dict) -> None:
    read = reader.expect(200, "GET", f"/commentaires/{comment['id']}").json()
    if read["text"] != TEXT:
        raise Unwell(f"the comment came back as {read['text']!r}")
    listed = reader.expect(200, "GET", f"/commentaires?sectionId={urllib.parse.quote(SECTION)}").json()
    if comment["id"] not in [each["id"] for each in listed["comments"]]:
        raise Unwell("the new comment is not in the list of its section yet")


def _delete(reader: Reader, comment: dict) -> None:
    """Not a reason to call the deployment bad: the comment stands in a section that no page shows."""
    token = comment.get("editToken")
    if token is None:
        say.more(f"the settings give authors no token: {comment['id']} stays in the section {SECTION}")
        return
    gone = reader.ask("DELETE", f"/commentaires/{comment['id']}", {"edit-token": token})
    say.more("and deleted by its author's token" if gone.status == 204
             else f"it could not be deleted again, and stays in the section {SECTION}: {gone}")
