# SPDX-License-Identifier: Apache-2.0
"""Operations that moto lacks or refuses wrongly. botocore judges their parameters; then they are kept, and read back.

- cloudfront: no cache, origin request or response headers policies, no PublishFunction and UpdateFunction; a default
  behaviour whose target is an origin group is refused (NoSuchOrigin). All that the templates need is kept here.
- codedeploy: deployment groups cannot be changed; neither they nor applications can be deleted.
- budgets: no budget can be changed.
"""
from __future__ import annotations

import copy
import itertools
from typing import Any, Callable

from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.validate import validate_parameters


class Stand:
    """A client whose own methods are tried first, and the real one's where there is none."""

    def __init__(self, real: Any) -> None:
        self._real, self.meta = real, real.meta

    def __getattr__(self, operation: str) -> Callable[..., dict]:
        own = getattr(self, f"_op_{operation}", None) if not operation.startswith("_") else None
        if own is None:
            return getattr(self._real, operation)
        return lambda **parameters: self._judged(operation, own, parameters)

    def _judged(self, operation: str, own: Callable[..., dict], parameters: dict) -> dict:
        model = self.meta.service_model.operation_model(self.meta.method_to_api_mapping[operation])
        validate_parameters(parameters, model.input_shape)
        return own(**copy.deepcopy(parameters))


class CodeDeploy(Stand):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.changed: dict[str, dict] = {}
        self.deleted: list[str] = []

    def _op_update_deployment_group(self, **given: Any) -> dict:
        name = given["currentDeploymentGroupName"]
        self._real.get_deployment_group(applicationName=given["applicationName"], deploymentGroupName=name)
        self.changed[name] = given
        return {"hooksNotCleanedUp": []}

    def _op_delete_application(self, applicationName: str) -> dict:
        self._real.get_application(applicationName=applicationName)
        self.deleted.append(applicationName)
        return {}

    def _op_delete_deployment_group(self, applicationName: str, deploymentGroupName: str) -> dict:
        self._real.get_deployment_group(applicationName=applicationName, deploymentGroupName=deploymentGroupName)
        self.deleted.append(deploymentGroupName)
        return {}


class Budgets(Stand):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self.changed: dict[str, dict] = {}

    def _op_update_budget(self, AccountId: str, NewBudget: dict) -> dict:
        self._real.describe_budget(AccountId=AccountId, BudgetName=NewBudget["BudgetName"])
        self.changed[NewBudget["BudgetName"]] = NewBudget
        return {}


_KINDS = ("CachePolicy", "OriginAccessControl", "OriginRequestPolicy", "ResponseHeadersPolicy")


class CloudFront(Stand):
    def __init__(self, real: Any) -> None:
        super().__init__(real)
        self._numbers = itertools.count(1)
        self.kept: dict[str, dict[str, dict]] = {kind: {} for kind in (*_KINDS, "Distribution", "Function")}
        self.tags: dict[str, list] = {}
        for kind in _KINDS:
            self._learn(kind)

    def _learn(self, kind: str) -> None:
        noun, config = xform_name(kind), f"{kind}Config"

        def create(**given: dict) -> dict:
            return self._answer(kind, self._keep(kind, given[config]))

        def update(Id: str, IfMatch: str, **given: dict) -> dict:
            self._change(kind, Id, IfMatch, given[config])
            return self._answer(kind, Id)

        def delete(Id: str, IfMatch: str) -> dict:
            self._change(kind, Id, IfMatch, {})
            del self.kept[kind][Id]
            return {}

        for verb, operation in (("create", create), ("update", update), ("delete", delete)):
            setattr(self, f"_op_{verb}_{noun}", operation)
        setattr(self, f"_op_get_{noun}", lambda Id: self._answer(kind, Id))

    def _answer(self, kind: str, id: str) -> dict:
        kept = self._find(kind, id)
        return {kind: {"Id": id, f"{kind}Config": copy.deepcopy(kept["config"])}, "ETag": kept["etag"]}

    def _keep(self, kind: str, config: dict, id: str | None = None) -> str:
        id = id or f"{kind[0]}{next(self._numbers):012d}"
        names = [each["config"].get("Name") for each in self.kept[kind].values()]
        if id in self.kept[kind] or config.get("Name") is not None and config["Name"] in names:
            raise _error(f"{kind}AlreadyExists", config.get("Name", id))
        self.kept[kind][id] = {"config": config, "etag": f"E{next(self._numbers)}"}
        return id

    def _change(self, kind: str, id: str, etag: str, config: dict) -> None:
        if self._find(kind, id)["etag"] != etag:
            raise _error("PreconditionFailed", id)
        self.kept[kind][id] = {"config": config, "etag": f"E{next(self._numbers)}"}

    def _find(self, kind: str, id: str) -> dict:
        if id not in self.kept[kind]:
            raise _error(f"NoSuch{kind}", id)
        return self.kept[kind][id]

    def _op_create_distribution_with_tags(self, DistributionConfigWithTags: dict) -> dict:
        id = self._keep("Distribution", DistributionConfigWithTags["DistributionConfig"])
        self.tags[id] = DistributionConfigWithTags["Tags"]["Items"]
        return self._op_get_distribution(id)

    def _op_get_distribution(self, Id: str) -> dict:
        kept = self._find("Distribution", Id)
        return {"ETag": kept["etag"], "Distribution": {
            "Id": Id, "DomainName": f"{Id.lower()}.cloudfront.net",
            "DistributionConfig": copy.deepcopy(kept["config"])}}

    def _op_get_distribution_config(self, Id: str) -> dict:
        kept = self._find("Distribution", Id)
        return {"ETag": kept["etag"], "DistributionConfig": copy.deepcopy(kept["config"])}

    def _op_update_distribution(self, Id: str, IfMatch: str, DistributionConfig: dict) -> dict:
        self._change("Distribution", Id, IfMatch, DistributionConfig)
        return self._op_get_distribution(Id)

    def _op_delete_distribution(self, Id: str, IfMatch: str) -> dict:
        if self._find("Distribution", Id)["config"]["Enabled"]:
            raise _error("DistributionNotDisabled", Id)
        self._change("Distribution", Id, IfMatch, {})
        del self.kept["Distribution"][Id]
        return {}

    def _op_create_function(self, Name: str, **config: Any) -> dict:
        return self._op_describe_function(self._keep("Function", config, Name))

    def _op_describe_function(self, Name: str, Stage: str = "DEVELOPMENT") -> dict:
        kept = self._find("Function", Name)
        metadata = {"FunctionARN": f"arn:aws:cloudfront::123456789012:function/{Name}", "Stage": Stage}
        return {"ETag": kept["etag"], "FunctionSummary": {"Name": Name, "FunctionMetadata": metadata}}

    def _op_update_function(self, Name: str, IfMatch: str, **config: Any) -> dict:
        self._change("Function", Name, IfMatch, config)
        return self._op_describe_function(Name)

    def _op_publish_function(self, Name: str, IfMatch: str) -> dict:
        kept = self._find("Function", Name)
        self._change("Function", Name, IfMatch, {**kept["config"], "live": kept["config"]["FunctionCode"]})
        return self._op_describe_function(Name, "LIVE")

    def _op_delete_function(self, Name: str, IfMatch: str) -> dict:
        self._change("Function", Name, IfMatch, {})
        del self.kept["Function"][Name]
        return {}

    def _op_tag_resource(self, Resource: str, Tags: dict) -> dict:
        self.tags[Resource] = Tags["Items"]
        return {}


def _error(code: str, what: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": what}}, "cloudfront")


STANDS: dict[str, type[Stand]] = {"budgets": Budgets, "cloudfront": CloudFront, "codedeploy": CodeDeploy}
