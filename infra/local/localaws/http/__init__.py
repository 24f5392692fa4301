# SPDX-License-Identifier: Apache-2.0
"""HTTP on this machine: requests and answers as values, which gateway and edge hand to each other, and what listens
for them."""
from . import certificate
from .listener import Listener
from .messages import Headers, Request, Response

__all__ = ["Headers", "Listener", "Request", "Response", "certificate"]
