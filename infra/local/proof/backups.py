# SPDX-License-Identifier: Apache-2.0
"""Backups as the schedules make them, without waiting for their hours."""
from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from .deployed import ENVIRONMENT, Deployed

BEGIN, FINISH = f"palabre-{ENVIRONMENT}-backup", f"palabre-{ENVIRONMENT}-backup-finish"
GROUP = f"/aws/lambda/palabre-{ENVIRONMENT}-backup"


_last = datetime.min.replace(tzinfo=timezone.utc)


def next_moment() -> datetime:
    """Another second than the last time: an event of the same one asks for the same export."""
    global _last
    _last = max(datetime.now(timezone.utc), _last + timedelta(seconds=1))
    return _last


def fire(site: Deployed, schedule: str, at: datetime | None = None) -> None:
    site.world.schedules.fire(schedule, at or next_moment())
    site.world.functions.wait()


def back_up(site: Deployed) -> None:
    """One asks for the export; an hour later the other writes the manifest."""
    fire(site, BEGIN)
    fire(site, FINISH)


def lines(site: Deployed) -> list[str]:
    """What the function has said in its log, oldest first."""
    site.world.logs.settle()
    found = site.world.cloud.client("logs").filter_log_events(logGroupName=GROUP)["events"]
    return [each["message"] for each in sorted(found, key=lambda each: each["timestamp"])]


def metrics(site: Deployed) -> list[dict]:
    return [json.loads(each) for each in lines(site) if each.startswith("{")]
