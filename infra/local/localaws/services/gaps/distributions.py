# SPDX-License-Identifier: Apache-2.0
"""Distributions as they were sent. moto knows no default behaviour that leads to a group of origins, and
forgets the access control of origins and most of what a behaviour names."""

import secrets
import string
from collections.abc import Callable
from datetime import datetime, timezone

from moto.cloudfront.models import cloudfront_backends

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call
from .cloudfront import compare, new_tag

LETTERS = string.ascii_uppercase + string.digits


class Distributions:
    def __init__(self) -> None:
        self._kept: dict[str, dict] = {}  # {"Distribution": …, "ETag": …} by id
        self._invalidations: dict[tuple[str, str], dict] = {}

    def operations(self) -> dict[str, Callable[[Call], dict]]:
        return {
            "CreateDistribution": lambda call: self._create(call.parameters["DistributionConfig"], []),
            "CreateDistributionWithTags": self._create_with_tags,
            "GetDistribution": self._found,
            "GetDistributionConfig": self._config,
            "UpdateDistribution": self._update,
            "DeleteDistribution": self._delete,
            "ListDistributions": self._list,
            "CreateInvalidation": self._invalidate,
            "GetInvalidation": self._invalidation,
        }

    def _create_with_tags(self, call: Call) -> dict:
        both = call.parameters["DistributionConfigWithTags"]
        return self._create(both["DistributionConfig"], both["Tags"].get("Items", []))

    def _create(self, config: dict, tags: list[dict]) -> dict:
        for each in self._kept.values():
            if each["Distribution"]["DistributionConfig"]["CallerReference"] == config["CallerReference"]:
                raise Refusal("DistributionAlreadyExists", "The caller reference is in use.", 409)
        _check(config)
        identity = "E" + "".join(secrets.choice(LETTERS) for _ in range(13))
        arn = f"arn:aws:cloudfront::{ACCOUNT}:distribution/{identity}"
        distribution = {
            "Id": identity,
            "ARN": arn,
            "Status": "Deployed",  # at once: nothing spreads here
            "InProgressInvalidationBatches": 0,
            "DomainName": f"{secrets.token_hex(7)}.cloudfront.net",
            "ActiveTrustedSigners": {"Enabled": False, "Quantity": 0},
            "ActiveTrustedKeyGroups": {"Enabled": False, "Quantity": 0},
        }
        self._kept[identity] = {"Distribution": distribution}
        cloudfront_backends[ACCOUNT]["aws"].tagger.tag_resource(arn, tags)
        made = self._keep(identity, config)
        return made | {"Location": f"https://cloudfront.amazonaws.com/2020-05-31/distribution/{identity}"}

    def _keep(self, identity: str, config: dict) -> dict:
        now = {"LastModifiedTime": datetime.now(timezone.utc), "DistributionConfig": config}
        whole = self._kept[identity]["Distribution"] | now
        self._kept[identity] = {"Distribution": whole, "ETag": new_tag()}
        return self._kept[identity]

    def _found(self, call: Call) -> dict:
        identity = call.parameters.get("DistributionId") or call.parameters.get("Id")
        if identity not in self._kept:
            raise Refusal("NoSuchDistribution", "The specified distribution does not exist.", 404)
        return self._kept[identity]

    def _config(self, call: Call) -> dict:
        found = self._found(call)
        return {"DistributionConfig": found["Distribution"]["DistributionConfig"], "ETag": found["ETag"]}

    def _update(self, call: Call) -> dict:
        found, config = self._found(call), call.parameters["DistributionConfig"]
        compare(call, found["ETag"])
        if config["CallerReference"] != found["Distribution"]["DistributionConfig"]["CallerReference"]:
            raise Refusal("IllegalUpdate", "The update contains modifications that are not allowed.", 400)
        _check(config)
        return self._keep(call.parameters["Id"], config)

    def _delete(self, call: Call) -> dict:
        found = self._found(call)
        compare(call, found["ETag"])
        if found["Distribution"]["DistributionConfig"]["Enabled"]:
            raise Refusal("DistributionNotDisabled", "The distribution is not disabled.", 409)
        del self._kept[call.parameters["Id"]]
        return {}

    def _list(self, _call: Call) -> dict:
        items = [each["Distribution"] | each["Distribution"]["DistributionConfig"] for each in self._kept.values()]
        whole = {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(items), "Items": items}
        return {"DistributionList": whole}

    def _invalidate(self, call: Call) -> dict:
        distribution, batch = self._found(call)["Distribution"]["Id"], call.parameters["InvalidationBatch"]
        identity = "I" + "".join(secrets.choice(LETTERS) for _ in range(13))
        made = {"Id": identity, "Status": "Completed", "CreateTime": datetime.now(timezone.utc)}
        self._invalidations[distribution, identity] = made | {"InvalidationBatch": batch}
        return {"Invalidation": self._invalidations[distribution, identity], "Location": identity}

    def _invalidation(self, call: Call) -> dict:
        key = (call.parameters["DistributionId"], call.parameters["Id"])
        if key not in self._invalidations:
            raise Refusal("NoSuchInvalidation", "The specified invalidation does not exist.", 404)
        return {"Invalidation": self._invalidations[key]}


def _check(config: dict) -> None:
    """Every behaviour leads to an origin, or to a group of origins that are there."""
    origins = {each["Id"] for each in config["Origins"]["Items"]}
    groups = config.get("OriginGroups", {}).get("Items", [])
    behaviors = [config["DefaultCacheBehavior"], *config.get("CacheBehaviors", {}).get("Items", [])]
    wanted = {each["OriginId"] for group in groups for each in group["Members"]["Items"]}
    targets = {each["TargetOriginId"] for each in behaviors} - {each["Id"] for each in groups}
    if not wanted | targets <= origins:
        raise Refusal("NoSuchOrigin", "One or more of your origins or origin groups do not exist.", 404)
