# SPDX-License-Identifier: Apache-2.0
"""The three kinds of policies of CloudFront, and functions that change."""

import uuid
from collections.abc import Callable
from datetime import datetime, timezone

from moto.cloudfront.models import cloudfront_backends

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call

KINDS = ("CachePolicy", "OriginRequestPolicy", "ResponseHeadersPolicy")


class Policies:
    """Of one kind: Create, Get, Get…Config, Update, Delete, List."""

    def __init__(self, kind: str) -> None:
        self.kind, self._kept = kind, {}

    def create(self, call: Call) -> dict:
        config = call.parameters[f"{self.kind}Config"]
        if any(each[self.kind][f"{self.kind}Config"]["Name"] == config["Name"] for each in self._kept.values()):
            raise Refusal(f"{self.kind}AlreadyExists", f"There is already a policy named {config['Name']}", 409)
        made = self._keep(str(uuid.uuid4()), config)
        return made | {"Location": f"https://cloudfront.amazonaws.com/2020-05-31/{made[self.kind]['Id']}"}

    def get(self, call: Call) -> dict:
        return self._found(call)

    def get_config(self, call: Call) -> dict:
        found = self._found(call)
        return {"ETag": found["ETag"], f"{self.kind}Config": found[self.kind][f"{self.kind}Config"]}

    def update(self, call: Call) -> dict:
        self._current(call)
        return self._keep(call.parameters["Id"], call.parameters[f"{self.kind}Config"])

    def delete(self, call: Call) -> dict:
        self._current(call)
        del self._kept[call.parameters["Id"]]
        return {}

    def list_all(self, call: Call) -> dict:
        if call.parameters.get("Type") == "managed":
            raise NotImplementedError(f"the managed ones of {self.kind}")
        items = [{"Type": "custom", self.kind: each[self.kind]} for each in self._kept.values()]
        return {f"{self.kind}List": {"MaxItems": 100, "Quantity": len(items), "Items": items}}

    def _keep(self, identity: str, config: dict) -> dict:
        whole = {"Id": identity, "LastModifiedTime": datetime.now(timezone.utc), f"{self.kind}Config": config}
        self._kept[identity] = {"ETag": new_tag(), self.kind: whole}
        return self._kept[identity]

    def _found(self, call: Call) -> dict:
        if call.parameters["Id"] not in self._kept:
            raise Refusal(f"NoSuch{self.kind}", "The policy does not exist.", 404)
        return self._kept[call.parameters["Id"]]

    def _current(self, call: Call) -> None:
        compare(call, self._found(call)["ETag"])


def policies() -> dict[str, Callable[[Call], dict]]:
    found = {}
    for kind in KINDS:
        kept = Policies(kind)
        found |= {
            f"Create{kind}": kept.create,
            f"Get{kind}": kept.get,
            f"Get{kind}Config": kept.get_config,
            f"Update{kind}": kept.update,
            f"Delete{kind}": kept.delete,
            f"List{kind.removesuffix('y')}ies": kept.list_all,
        }
    return found


def update_function(call: Call) -> dict:
    function = _function(call)
    compare(call, function.etag)
    function.config, function.code = call.parameters["FunctionConfig"], call.parameters["FunctionCode"]
    function.stage, function.status, function.etag = "DEVELOPMENT", "UNPUBLISHED", new_tag()
    return {"FunctionSummary": function.function_summary, "ETag": function.etag}


def publish_function(call: Call) -> dict:
    """What is published is what was written last: there is one stage to look at, not two."""
    function = _function(call)
    compare(call, function.etag)
    function.stage, function.status = "LIVE", "UNASSOCIATED"
    return {"FunctionSummary": function.function_summary}


def _function(call: Call):
    found = cloudfront_backends[ACCOUNT]["aws"].functions.get(call.parameters["Name"])
    if found is None:
        raise Refusal("NoSuchFunctionExists", "The function does not exist.", 404)
    return found


def new_tag() -> str:
    return uuid.uuid4().hex[:14].upper()


def compare(call: Call, tag: str) -> None:
    if call.parameters.get("IfMatch") != tag:
        raise Refusal(
            "PreconditionFailed" if "IfMatch" in call.parameters else "InvalidIfMatchVersion",
            "The If-Match version is missing or not valid for the resource.",
            412,
        )
