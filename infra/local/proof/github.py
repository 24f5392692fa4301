# SPDX-License-Identifier: Apache-2.0
"""What a workflow of GitHub does to become a role. The token's signature is not looked at here: its claims are."""
from __future__ import annotations

import base64
import json

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from localaws.services.cloud import HOME

from .deployed import Deployed


def assume(site: Deployed, claims: dict[str, str], role: str) -> dict[str, str]:
    token = ".".join(base64.urlsafe_b64encode(each).decode().rstrip("=")
                     for each in (b'{"alg":"RS256"}', json.dumps(claims).encode(), b"signature"))
    sts = boto3.client("sts", region_name=HOME, endpoint_url=site.world.cloud.url,
                       config=Config(signature_version=UNSIGNED))
    answer = sts.assume_role_with_web_identity(
        RoleArn=site.role(role), RoleSessionName="workflow", WebIdentityToken=token)
    return answer["Credentials"]
