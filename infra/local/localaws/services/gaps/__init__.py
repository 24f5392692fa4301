# SPDX-License-Identifier: Apache-2.0
"""What moto 5.2.5 does not have and the project needs: one table, with why. Each is checked against the
models of botocore, kept, and can be read back."""

from collections.abc import Callable

from botocore.validate import ParamValidator

from ..answers import Refusal
from ..call import Call
from . import budgets, cloudfront, codedeploy
from .distributions import Distributions

NO_SUCH_PATH = "moto answers 404: it has no such path"
FORGETS = "moto refuses groups of origins, and forgets half of what a distribution says"
NOT_WRITTEN = "moto answers 404: the operation is not written"


class Gaps:
    def __init__(self) -> None:
        # (service, operation): what answers, why
        self.table: dict[tuple[str, str], tuple[Callable[[Call], dict], str]] = {
            **{("cloudfront", name): (answer, NO_SUCH_PATH) for name, answer in cloudfront.policies().items()},
            **{("cloudfront", name): (answer, FORGETS) for name, answer in Distributions().operations().items()},
            ("cloudfront", "UpdateFunction"): (cloudfront.update_function, NOT_WRITTEN),
            ("cloudfront", "PublishFunction"): (cloudfront.publish_function, NO_SUCH_PATH),
            ("budgets", "UpdateBudget"): (budgets.update_budget, NOT_WRITTEN),
            ("codedeploy", "DeleteApplication"): (codedeploy.delete_application, NOT_WRITTEN),
            ("codedeploy", "GetDeploymentGroup"): (codedeploy.get_group, "moto leaves out the alarms"),
            ("codedeploy", "UpdateDeploymentGroup"): (codedeploy.update_group, NOT_WRITTEN),
            ("codedeploy", "DeleteDeploymentGroup"): (codedeploy.delete_group, NOT_WRITTEN),
            ("codedeploy", "StopDeployment"): (codedeploy.stop_deployment, NOT_WRITTEN),
        }

    def fill(self, call: Call) -> dict | None:
        """None: no gap here."""
        if (call.service, call.operation) not in self.table:
            return None
        answer, _ = self.table[call.service, call.operation]
        found = ParamValidator().validate(call.parameters, call.model.input_shape)
        if found.has_errors():
            raise Refusal("InvalidArgument", found.generate_report(), 400)
        return answer(call)
