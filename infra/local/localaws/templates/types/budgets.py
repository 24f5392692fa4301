# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Budget(Handler):
    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("budgets", "create_budget", wanted, AccountId=place.account)
        return Made(wanted["Budget"]["BudgetName"])

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("budgets").delete_budget(AccountId=place.account, BudgetName=resource.ref)


HANDLERS = {"AWS::Budgets::Budget": Budget()}
