# SPDX-License-Identifier: Apache-2.0
"""The policies of buckets, which our own judge applies."""

import json
from weakref import WeakKeyDictionary

from moto.s3.models import s3_backends

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call

LOGGER = {"Service": "logging.s3.amazonaws.com"}

# By the bucket itself, not by its name: one that is made anew has none.
_kept: WeakKeyDictionary = WeakKeyDictionary()


def put(call: Call) -> dict:
    policy = call.parameters["Policy"]
    try:
        statements = json.loads(policy)["Statement"]
    except (ValueError, KeyError):
        raise Refusal("MalformedPolicy", "Policies must be valid JSON with statements", 400) from None
    bucket = _bucket(call)
    _kept[bucket] = policy
    # All that moto needs of it: whether the logs of other buckets may be put here.
    loggers = [each for each in statements if each.get("Principal") == LOGGER]
    bucket.policy = json.dumps({"Statement": loggers}).encode() if loggers else None
    return {}


def get(call: Call) -> dict:
    policy = _kept.get(_bucket(call))
    if policy is None:
        raise Refusal("NoSuchBucketPolicy", "The bucket policy does not exist", 404)
    return {"Policy": policy}


def delete(call: Call) -> dict:
    _kept.pop(_bucket(call), None)
    return {}


def policy_of(name: str) -> dict | None:
    bucket = s3_backends[ACCOUNT]["aws"].buckets.get(name)
    policy = _kept.get(bucket) if bucket is not None else None
    return json.loads(policy) if policy else None


def _bucket(call: Call):
    found = s3_backends[ACCOUNT]["aws"].buckets.get(call.parameters["Bucket"])
    if found is None:
        raise Refusal("NoSuchBucket", "The specified bucket does not exist", 404)
    return found
