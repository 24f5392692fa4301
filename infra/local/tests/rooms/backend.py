# SPDX-License-Identifier: Apache-2.0
"""What the real function talks to: its table and its parameters, in a cloud where it may do everything. What its own
role may do is for the proof to tell."""
from __future__ import annotations

from typing import Any

from localaws.functions import Functions
from localaws.services import ACCOUNT
from localaws.services.cloud import Cloud

from . import synthesised
from .clouds import cloud_with
from .roles import LAMBDA, allow, make_role

ROLE = f"arn:aws:iam::{ACCOUNT}:role/may-do-everything"


def functions(*parts: str, log: Any = lambda *_: None) -> Functions:
    """Of these parts of the environment, as instances of the real program."""
    cloud = cloud_with(_prepare)
    return Functions(
        [synthesised.stack(part) for part in parts], credentials_for=lambda _: cloud.session(ROLE, LAMBDA),
        fetch_code=lambda *_: synthesised.CODE.read_bytes(), log=log, environment={"AWS_ENDPOINT_URL": cloud.url})


def _prepare(cloud: Cloud) -> None:
    make_role(cloud, ROLE.rsplit("/", 1)[1], [allow("*", "*")])
    ssm = cloud.client("ssm")
    ssm.put_parameter(Name="/palabre/local/edit_secret", Type="SecureString", Value="s" * 44)
    made = synthesised.stack("Site").one("AWS::SSM::Parameter").properties
    ssm.put_parameter(Name=made["Name"], Type=made["Type"], Value=made["Value"])
    made = synthesised.stack("Data").one("AWS::DynamoDB::Table").properties
    wanted = ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    cloud.client("dynamodb").create_table(**{key: made[key] for key in wanted if key in made})
