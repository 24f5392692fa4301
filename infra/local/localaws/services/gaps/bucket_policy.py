# SPDX-License-Identifier: Apache-2.0
"""The policies of buckets, which our own judge applies."""

import json

from moto.s3.models import s3_backends

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call

# Of a bucket that was made anew under the same name, the old one does not count: keyed by the bucket itself.
_kept: dict[int, str] = {}


def put(call: Call) -> dict:
    policy = call.parameters["Policy"]
    try:
        json.loads(policy)["Statement"]
    except (ValueError, KeyError):
        raise Refusal("MalformedPolicy", "Policies must be valid JSON with statements", 400) from None
    _kept[id(_bucket(call))] = policy
    return {}


def get(call: Call) -> dict:
    policy = _kept.get(id(_bucket(call)))
    if policy is None:
        raise Refusal("NoSuchBucketPolicy", "The bucket policy does not exist", 404)
    return {"Policy": policy}


def delete(call: Call) -> dict:
    _kept.pop(id(_bucket(call)), None)
    return {}


def policy_of(name: str) -> dict | None:
    bucket = s3_backends[ACCOUNT]["aws"].buckets.get(name)
    policy = _kept.get(id(bucket))
    return json.loads(policy) if policy else None


def _bucket(call: Call):
    found = s3_backends[ACCOUNT]["aws"].buckets.get(call.parameters["Bucket"])
    if found is None:
        raise Refusal("NoSuchBucket", "The specified bucket does not exist", 404)
    return found
