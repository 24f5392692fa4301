# SPDX-License-Identifier: Apache-2.0
"""Makes CloudFront forget what has changed, and nothing else."""

import time
import urllib.parse
import uuid

from . import cloud, say
from .files import is_fingerprinted

# 1,000 paths a month cost nothing, and a wildcard is one: above this, one of those for everything.
PATHS_MAX = 30
# It takes a minute or two; after that long something is wrong, but not with the site, which is uploaded.
WAIT_SECONDS = 900
PAUSE_SECONDS = 5


def paths_for(keys: list[str]) -> list[str]:
    """A page is known by its own name and by that of its folder. What carries its fingerprint in its name
    was never kept with other bytes."""
    paths = []
    for key in keys:
        folder, _, last = key.rpartition("/")
        if is_fingerprinted(last):
            continue
        paths.append(_path(key))
        if last == "index.html":
            paths.append(_path(folder + "/") if folder else "/")
    return ["/*"] if len(paths) > PATHS_MAX else paths


def _path(key: str) -> str:
    """Not the star, which would forget more."""
    return "/" + urllib.parse.quote(key, safe="/~")


def run(distribution: str, keys: list[str], region: str) -> None:
    paths = paths_for(keys)
    if not paths:
        say.step("cache", "nothing that CloudFront keeps has changed")
        return
    cloudfront = cloud.client("cloudfront", region)
    made = cloudfront.create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": str(uuid.uuid4())})
    say.step("cache", f"CloudFront forgets {'everything' if paths == ['/*'] else f'{len(paths)} addresses'}")
    _wait(cloudfront, distribution, made["Invalidation"])


def _wait(cloudfront, distribution: str, invalidation: dict) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while invalidation["Status"].capitalize() != "Completed":   # servers for tests shout it
        if time.monotonic() > deadline:
            raise say.Stop(f"CloudFront has not forgotten after {WAIT_SECONDS // 60} minutes (invalidation "
                           f"{invalidation['Id']}): readers may see old pages for a while. The site is uploaded.")
        time.sleep(PAUSE_SECONDS)
        invalidation = cloudfront.get_invalidation(DistributionId=distribution, Id=invalidation["Id"])["Invalidation"]
