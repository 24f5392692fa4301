# SPDX-License-Identifier: Apache-2.0
from ..given import Given
from ..handler import Handler, Made, Place
from ..stack import Resource


class Budget(Handler):
    fixed = frozenset({"NotificationsWithSubscribers", "ResourceTags"})

    def create(self, place: Place, given: Given) -> Made:
        wanted = given.rest()
        place.send("budgets", "create_budget", wanted, AccountId=place.account)
        return Made(wanted["Budget"]["BudgetName"])

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        place.send("budgets", "update_budget", {"NewBudget": given.take("Budget")}, AccountId=place.account)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("budgets").delete_budget(AccountId=place.account, BudgetName=resource.ref)


HANDLERS = {"AWS::Budgets::Budget": Budget()}
