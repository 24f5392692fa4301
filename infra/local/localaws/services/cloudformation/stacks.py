# SPDX-License-Identifier: Apache-2.0
"""Stacks that come, change and go, in the states of "Stack status codes"."""

import threading
from collections.abc import Callable
from functools import partial

from .. import ACCOUNT
from ..answers import Refusal
from .records import Applier, Asked, Record, now

GONE = "DELETE_COMPLETE"
# A stack that is not there yet: only its change set is.
REVIEWED = "REVIEW_IN_PROGRESS"
REASON_MAX = 1024  # what a status reason may have


class Stacks:
    """One change at a time: stacks read each other's outputs."""

    def __init__(self, applier: Applier, client: Callable) -> None:
        self._applier, self._client = applier, client
        self.records: list[Record] = []
        self._busy = threading.Lock()

    def find(self, region: str, wanted: str) -> Record:
        """By name of those that are there; by id also of those that are gone."""
        for each in reversed(self.records):
            if each.region == region and (each.arn == wanted or (each.name == wanted and each.status != GONE)):
                return each
        raise Refusal("ValidationError", f"Stack with id {wanted} does not exist", 400)

    def applied(self) -> dict:
        """Those whose outputs others may read."""
        return {each.name: each.stack for each in self.records if each.stack is not None and each.status != GONE}

    def begin(self, record: Record, asked: Asked, token: str | None) -> None:
        """Returns at once, as the API does; the state tells how it goes."""
        first = record.stack is None
        record.turn("CREATE_IN_PROGRESS" if first else "UPDATE_IN_PROGRESS", "User Initiated", token)
        if not first:
            record.updated = now()
        work = self._create if first else self._update
        threading.Thread(target=work, args=(record, asked, token), daemon=True).start()

    def begin_import(
        self, record: Record, asked: Asked, identifiers: dict[str, dict[str, str]], token: str | None
    ) -> None:
        record.turn("IMPORT_IN_PROGRESS", "User Initiated", token)
        threading.Thread(target=self._import, args=(record, asked, identifiers, token), daemon=True).start()

    def begin_delete(self, record: Record, token: str | None) -> None:
        record.turn("DELETE_IN_PROGRESS", "User Initiated", token)
        threading.Thread(target=self._delete, args=(record, token), daemon=True).start()

    def _create(self, record: Record, asked: Asked, token: str | None) -> None:
        with self._busy:
            try:
                record.stack = self._apply(record, asked, None)
            except Exception as error:
                self._tell(record, error, asked, "CREATE_FAILED", token)
                record.turn("ROLLBACK_IN_PROGRESS", _reason(error), token)
                self._undo_create(record, error, asked, token)
                return
            record.asked = asked
            self._tell_resources(record, "CREATE_COMPLETE", token)
            record.turn("CREATE_COMPLETE", None, token)

    def _undo_create(self, record: Record, error: Exception, asked: Asked, token: str | None) -> None:
        record.asked, partial = asked, getattr(error, "stack", None)
        if partial is None:  # What there is of it stays: nobody said what that is.
            record.turn("ROLLBACK_COMPLETE", _reason(error), token)
            return
        try:
            self._applier.remove(asked.template, partial, client=self._client)
            record.turn("ROLLBACK_COMPLETE", _reason(error), token)
        except Exception as second:
            record.turn("ROLLBACK_FAILED", _reason(second), token)

    def _update(self, record: Record, asked: Asked, token: str | None) -> None:
        assert record.asked
        with self._busy:
            before = record.stack
            try:
                record.stack = self._apply(record, asked, before)
            except Exception as error:
                self._tell(record, error, asked, "UPDATE_FAILED", token)
                record.turn("UPDATE_ROLLBACK_IN_PROGRESS", _reason(error), token)
                self._back(record, getattr(error, "stack", None) or before, error, token)
                return
            record.asked = asked
            self._tell_resources(record, "UPDATE_COMPLETE", token)
            record.turn("UPDATE_COMPLETE", None, token)

    def _import(self, record: Record, asked: Asked, identifiers: dict[str, dict[str, str]], token: str | None) -> None:
        """What was there stays as it is, also when one of them cannot be had."""
        with self._busy:
            try:
                record.stack = self._apply(record, asked, record.stack, identifiers)
            except Exception as error:
                self._tell(record, error, asked, "IMPORT_FAILED", token)
                record.turn("IMPORT_ROLLBACK_IN_PROGRESS", _reason(error), token)
                record.turn("IMPORT_ROLLBACK_COMPLETE", None, token)
                return
            record.asked, record.updated = asked, now()
            self._tell_resources(record, "IMPORT_COMPLETE", token)
            record.turn("IMPORT_COMPLETE", None, token)

    def _back(self, record: Record, present, error: Exception, token: str | None) -> None:
        """The template of before is applied again to whatever there is."""
        assert record.asked
        try:
            record.stack = self._apply(record, record.asked, present)
            record.turn("UPDATE_ROLLBACK_COMPLETE", _reason(error), token)
        except Exception as second:
            record.turn("UPDATE_ROLLBACK_FAILED", _reason(second), token)

    def _delete(self, record: Record, token: str | None) -> None:
        with self._busy:
            try:
                if record.stack is not None and record.asked is not None:
                    self._applier.remove(record.asked.template, record.stack, client=self._client)
            except Exception as error:
                record.turn("DELETE_FAILED", _reason(error), token)
                return
            record.deleted = now()
            record.turn(GONE, None, token)

    def _apply(self, record: Record, asked: Asked, before, identifiers: dict[str, dict[str, str]] | None = None):
        others = {name: stack for name, stack in self.applied().items() if name != record.name}
        apply = self._applier.apply if identifiers is None else partial(self._applier.take_in, identifiers=identifiers)
        return apply(
            asked.template,
            name=record.name,
            region=record.region,
            account=ACCOUNT,
            parameters=asked.parameters,
            others=others,
            before=before,
            client=self._client,
        )

    @staticmethod
    def _tell_resources(record: Record, status: str, token: str | None) -> None:
        for each in record.stack.resources.values():
            record.note(each.logical, each.ref, each.type, status, None, token)

    @staticmethod
    def _tell(record: Record, error: Exception, asked: Asked, status: str, token: str | None) -> None:
        logical, _, reason = str(error).partition(": ")
        resource = asked.template.get("Resources", {}).get(logical)
        if resource is not None:
            record.note(logical, "", resource["Type"], status, reason[:REASON_MAX], token)


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:REASON_MAX]
