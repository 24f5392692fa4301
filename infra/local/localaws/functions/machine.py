# SPDX-License-Identifier: Apache-2.0
"""What this machine can run as a function."""

import platform

# As AWS names it: x86_64 or arm64.
ARCHITECTURE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
