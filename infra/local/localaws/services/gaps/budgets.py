# SPDX-License-Identifier: Apache-2.0
"""Budgets that change."""

import json

from moto.budgets.models import budgets_backends
from moto.core.utils import unix_time

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call


def update_budget(call: Call) -> dict:
    """All of it but its name and its notifications; it goes on from where it began, unless told otherwise."""
    # As it was sent: moto keeps times as numbers.
    wanted = json.loads(call.body)["NewBudget"]
    budget = budgets_backends[ACCOUNT]["aws"].budgets[call.parameters["AccountId"]].get(wanted["BudgetName"])
    if budget is None:
        message = f"Unable to update budget: {wanted['BudgetName']} - the budget doesn't exist."
        raise Refusal("NotFoundException", message, 400)
    budget.budget = {"TimePeriod": budget.budget["TimePeriod"]} | wanted | {"LastUpdatedTime": unix_time()}
    return {}
