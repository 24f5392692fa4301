# SPDX-License-Identifier: Apache-2.0
"""Backups as the schedules make them, without waiting for their hours."""
from __future__ import annotations

import json
from datetime import datetime

from .deployed import ENVIRONMENT, Deployed

BEGIN, FINISH = f"palabre-{ENVIRONMENT}-backup", f"palabre-{ENVIRONMENT}-backup-finish"
GROUP = f"/aws/lambda/palabre-{ENVIRONMENT}-backup"


def fire(site: Deployed, schedule: str, at: datetime | None = None) -> None:
    site.world.schedules.fire(schedule, at)
    site.world.functions.wait()


def back_up(site: Deployed, at: datetime | None = None) -> None:
    """One asks for the export; an hour later the other writes the manifest."""
    fire(site, BEGIN, at)
    fire(site, FINISH)


def lines(site: Deployed) -> list[str]:
    """What the function has said in its log, oldest first."""
    site.world.logs.settle()
    found = site.world.cloud.client("logs").filter_log_events(logGroupName=GROUP)["events"]
    return [each["message"] for each in sorted(found, key=lambda each: each["timestamp"])]


def metrics(site: Deployed) -> list[dict]:
    return [json.loads(each) for each in lines(site) if each.startswith("{")]
