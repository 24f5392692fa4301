# SPDX-License-Identifier: Apache-2.0
"""A network namespace for a test, with a loopback of its own and files of /etc replaced.

Nothing else can listen at port 53 there, and no name server of the machine is asked.
"""

import fcntl
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys

INSIDE = "PALABRE_TEST_NETWORK"
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount", "--net"]


def can_be_had():
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0


def enter():
    """Starts this program anew inside, when there is an inside. True in there."""
    if os.environ.get(INSIDE):
        raise_loopback()
        return True
    if not can_be_had():
        return False
    os.environ[INSIDE] = "1"
    os.execvp("unshare", [*UNSHARE, sys.executable, *sys.argv])


def raise_loopback():
    """What `ip link set lo up` does (netdevice(7)): systems without iproute2 exist."""
    get_flags, set_flags, up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, get_flags, asked))[1]
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sH14x", b"lo", flags | up))


def replace_file(path, text, folder):
    """Puts a text where the file is, for this namespace alone."""
    instead = pathlib.Path(folder, pathlib.Path(path).name)
    instead.write_text(text, encoding="ascii")
    subprocess.run(["mount", "--bind", instead, pathlib.Path(path).resolve()], check=True)
