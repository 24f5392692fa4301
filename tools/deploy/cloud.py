# SPDX-License-Identifier: Apache-2.0
"""Clients of AWS. What they may call stands in calls.json, which the rights of the workflows' role are
compared with; any other call is a mistake of ours, and ends before it is made."""

import json
import os
import pathlib

import boto3
import botocore.config
import botocore.exceptions

CALLS = json.loads((pathlib.Path(__file__).parent / "calls.json").read_text(encoding="utf-8"))
KNOWN = {call for purpose in CALLS.values() for call in purpose}
WORLD = "us-east-1"   # where CloudFront's certificates and firewalls live, whatever the region


def client(service: str, region: str):
    """AWS_ENDPOINT_URL is read here: boto3 does so itself only from 1.28 on."""
    made = boto3.client(
        service, region_name=region, endpoint_url=os.environ.get("AWS_ENDPOINT_URL") or None,
        # One object at a time travels: more threads than that wait for the network, not for us.
        config=botocore.config.Config(retries={"mode": "standard", "max_attempts": 5}, max_pool_connections=16))
    made.meta.events.register("provide-client-params", _refuse_unknown)
    return made


def _refuse_unknown(model, **_):
    call = f"{model.service_model.service_name}:{model.name}"
    if call not in KNOWN:
        raise AssertionError(f"{call} stands in no list of tools/deploy/calls.json")


def code_of(error: botocore.exceptions.ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


def is_forbidden(error: botocore.exceptions.ClientError) -> bool:
    """Each service has its own word for it; what is asked by HEAD has none but the status."""
    return code_of(error) in {"AccessDenied", "AccessDeniedException", "403"}
