# SPDX-License-Identifier: Apache-2.0
"""What the real function talks to: its table and its parameters, in a cloud where it may do everything. What its own
role may do is for the proof to tell."""
from __future__ import annotations

import json
from typing import Any

from localaws.functions import Functions
from localaws.services.cloud import Cloud

from . import synthesised
from .clouds import cloud_with

LAMBDA = "lambda.amazonaws.com"
ROLE = "may-do-everything"


def functions(*parts: str, log: Any = lambda *_: None) -> Functions:
    """Of these parts of the environment, as instances of the real program."""
    cloud = cloud_with(_prepare)
    role = cloud.client("iam").get_role(RoleName=ROLE)["Role"]["Arn"]
    return Functions(
        [synthesised.stack(part) for part in parts], credentials_for=lambda _: cloud.session(role, LAMBDA),
        fetch_code=lambda *_: synthesised.CODE.read_bytes(), log=log, environment={"AWS_ENDPOINT_URL": cloud.url})


def _prepare(cloud: Cloud) -> None:
    _make_role(cloud.client("iam"))
    ssm = cloud.client("ssm")
    ssm.put_parameter(Name="/palabre/local/edit_secret", Type="SecureString", Value="s" * 44)
    made = synthesised.stack("Site").one("AWS::SSM::Parameter").properties
    ssm.put_parameter(Name=made["Name"], Type=made["Type"], Value=made["Value"])
    made = synthesised.stack("Data").one("AWS::DynamoDB::Table").properties
    wanted = ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    cloud.client("dynamodb").create_table(**{key: made[key] for key in wanted if key in made})


def _make_role(iam: Any) -> None:
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": LAMBDA}}
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=_document(trust))
    iam.put_role_policy(RoleName=ROLE, PolicyName="own", PolicyDocument=_document(everything))


def _document(statement: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
