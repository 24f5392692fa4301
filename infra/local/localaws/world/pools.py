# SPDX-License-Identifier: Apache-2.0
"""What a user pool publishes for everybody to read."""
from __future__ import annotations

import json
import urllib.request
from typing import Any

from localaws.services.cloud import Cloud

SECONDS = 5  # of this machine


def keys_of_pool(cloud: Cloud, arn: str) -> dict[str, Any]:
    address = f"{cloud.url}/{arn.rsplit('/', 1)[1]}/.well-known/jwks.json"
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return json.load(answer)
