# SPDX-License-Identifier: Apache-2.0
"""Archives of the functions that differ from the one that was built."""
from __future__ import annotations

import zipfile
from pathlib import Path

from .deployed import CODE

EXECUTABLE = 0o755 << 16  # as a zip keeps the mode of a file


def with_another_member(file: Path) -> Path:
    """The same program, and other bytes: a new version."""
    with zipfile.ZipFile(CODE) as built, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for member in built.infolist():
            made.writestr(member, built.read(member))
        made.writestr("another", "A member that the program does not read.\n")
    return file


def that_ends_at_once(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as made:
        member = zipfile.ZipInfo("bootstrap")
        member.external_attr = EXECUTABLE
        made.writestr(member, "#!/bin/sh\nexit 1\n")
    return file
