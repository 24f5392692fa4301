# SPDX-License-Identifier: Apache-2.0
"""Which actions on which resources a call needs, after the pages of the Service Authorization Reference
("Actions, resources, and condition keys for …"). Only what roles of ours and of the CDK ask for."""

from collections.abc import Callable

from ..call import Call
from . import control, dynamodb, s3
from .need import Need, NoDerivation

DERIVATIONS: dict[str, Callable[[Call], list[Need]]] = {
    "dynamodb": dynamodb.needs,
    "s3": s3.needs,
    **control.BY_SERVICE,
}


def needs_of(call: Call) -> list[Need]:
    """Every one of them has to be allowed. Raises NoDerivation rather than guess."""
    if call.service not in DERIVATIONS:
        raise NoDerivation(call)
    found = DERIVATIONS[call.service](call)
    if not found:
        raise NoDerivation(call)
    return found


__all__ = ["Need", "NoDerivation", "needs_of"]
