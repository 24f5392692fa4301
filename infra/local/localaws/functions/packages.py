# SPDX-License-Identifier: Apache-2.0
"""An uploaded archive becomes a folder, as Lambda lays one out below /var/task."""
import io
import os
import zipfile
from pathlib import Path

# Lambda takes no larger ones, unpacked.
UNPACKED_BYTES_MAX = 250 * 1024 * 1024


class BadPackage(Exception):
    """What Lambda would refuse when the function is made."""


def unpack(archive: bytes, into: Path) -> Path:
    """The folder that holds the program; what runs is its `bootstrap`."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(archive))
    except zipfile.BadZipFile as error:
        raise BadPackage("Could not unzip uploaded file. Please check your file, then try to upload again.") from error
    with opened as files:
        if sum(each.file_size for each in files.infolist()) > UNPACKED_BYTES_MAX:
            raise BadPackage(f"Unzipped size must be smaller than {UNPACKED_BYTES_MAX} bytes")
        for each in files.infolist():
            made = Path(files.extract(each, into))
            # ZipFile forgets the permissions, which Unix keeps in the upper half.
            mode = each.external_attr >> 16
            if mode and made.is_file():
                os.chmod(made, mode & 0o777)
    return into
