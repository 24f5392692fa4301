# SPDX-License-Identifier: Apache-2.0
"""A cloud for several files of tests, since each takes seconds to start."""
from __future__ import annotations

import atexit
from collections.abc import Callable

from localaws.services.cloud import Cloud

_prepared: dict[Callable[[Cloud], None], Cloud] = {}


def cloud_with(prepare: Callable[[Cloud], None]) -> Cloud:
    """One that was prepared so: that of the file before, unless another one has begun since."""
    found = _prepared.get(prepare)
    if found is None or not found.is_running:
        found = _prepared[prepare] = Cloud()
        atexit.register(found.stop)
        prepare(found)
    return found
