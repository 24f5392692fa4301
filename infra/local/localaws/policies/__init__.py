# SPDX-License-Identifier: Apache-2.0
"""Is this request allowed by these IAM documents? Pure: no call, no clock, no account.

It knows what our templates use and refuses to guess the rest: an operator, a form of principal or a
policy variable that it does not know raises NotImplementedError.
"""

from .evaluation import identity_allows, resource_allows
from .request import Request, Verdict

__all__ = ["Request", "Verdict", "identity_allows", "resource_allows"]
