# SPDX-License-Identifier: Apache-2.0
"""The documents that stand on resources: of a bucket, a queue, a topic, a function. Read as they stand."""

import json

from moto.awslambda_simple.models import lambda_simple_backends
from moto.s3.models import s3_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from . import ACCOUNT
from .identities import PARTITION


def policy_on(arn: str) -> dict | None:
    """None for what has none, or is of a service whose resources have none."""
    if not arn.startswith("arn:"):
        return None
    _, _, service, region, _, name = arn.split(":", 5)
    document = {"s3": _of_bucket, "sqs": _of_queue, "sns": _of_topic, "lambda": _of_function}.get(service)
    return document(region, name, arn) if document else None


def _of_bucket(_region: str, name: str, _arn: str) -> dict | None:
    bucket = s3_backends[ACCOUNT][PARTITION].buckets.get(name.split("/")[0])
    return json.loads(bucket.policy) if bucket is not None and bucket.policy else None


def _of_queue(region: str, name: str, _arn: str) -> dict | None:
    queue = sqs_backends[ACCOUNT][region].queues.get(name)
    return json.loads(queue.policy) if queue is not None and queue.policy else None


def _of_topic(region: str, _name: str, arn: str) -> dict | None:
    topic = sns_backends[ACCOUNT][region].topics.get(arn)
    return json.loads(topic.policy) if topic is not None else None


def _of_function(region: str, name: str, _arn: str) -> dict | None:
    """Of the function, or of its alias or version: the document names the one that it is on."""
    _, _, qualified = name.partition("function:")
    try:
        function = lambda_simple_backends[ACCOUNT][region].get_function(qualified.split(":")[0])
    except Exception:
        return None
    statements = function.policy.statements if function.policy else []
    return {"Version": "2012-10-17", "Statement": statements} if statements else None
