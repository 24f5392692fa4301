# SPDX-License-Identifier: Apache-2.0
"""Whose key it is, and what documents its owner has: read from moto's IAM and STS."""

import json
from dataclasses import dataclass
from datetime import datetime, timezone

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from . import ACCOUNT

PARTITION = "aws"
ADMINISTRATOR = "administrator"
SESSION_S = 3600  # what AssumeRole gives unless asked otherwise


@dataclass(frozen=True)
class Identity:
    arn: str  # of the user or the role
    session: str  # what refusals and GetCallerIdentity show
    secret: str
    token: str | None
    documents: tuple[dict, ...]

    @property
    def is_administrator(self) -> bool:
        return self.arn == f"arn:aws:iam::{ACCOUNT}:user/{ADMINISTRATOR}"


def make_administrator() -> tuple[str, str]:
    """The key of whoever sets the scene, and asks before there is any role."""
    iam = iam_backends[ACCOUNT][PARTITION]
    iam.create_user(region_name="us-east-1", user_name=ADMINISTRATOR)
    made = iam.create_access_key(ADMINISTRATOR)
    return made.access_key_id, made.secret_access_key


def open_session(role_arn: str, name: str) -> dict[str, str]:
    """What a service gets that was trusted with a role: "Temporary security credentials in IAM"."""
    made = sts_backends[ACCOUNT][PARTITION].assume_role(
        region_name="us-east-1",
        role_session_name=name,
        role_arn=role_arn,
        policy=None,
        duration=SESSION_S,
        external_id=None,
    )
    return {
        "AccessKeyId": made.access_key_id,
        "SecretAccessKey": made.secret_access_key,
        "SessionToken": made.session_token,
    }


def identify(access_key: str, token: str | None) -> Identity | None:
    """None for a key that nobody has, whose session is over, or that comes with another's token."""
    found = _role(access_key) or _user(access_key)
    return found if found and found.token == token else None


def _role(access_key: str) -> Identity | None:
    session = sts_backends[ACCOUNT][PARTITION].get_assumed_role_from_access_key(access_key)
    if session is None or session.expiration.replace(tzinfo=timezone.utc) < datetime.now(timezone.utc):
        return None
    name = session.role_arn.split("/")[-1]
    documents = () if session.policy is None else (json.loads(session.policy),)
    if documents:
        raise NotImplementedError("session policies")
    return Identity(
        session.role_arn, session.arn, session.secret_access_key, session.session_token, documents_of_role(name)
    )


def _user(access_key: str) -> Identity | None:
    iam = iam_backends[ACCOUNT][PARTITION]
    for user in iam.users.values():
        for key in user.access_keys:
            if key.access_key_id == access_key:
                inline = tuple(_parsed(each) for each in user.policies.values())
                return Identity(user.arn, user.arn, key.secret_access_key, None, inline + _attached(user))
    return None


def documents_of(principal: str) -> tuple[dict, ...]:
    """Of a role; a service has none."""
    return documents_of_role(principal.split("/")[-1]) if ":role/" in principal else ()


def documents_of_role(name: str) -> tuple[dict, ...]:
    role = iam_backends[ACCOUNT][PARTITION].get_role(name)
    if role.permissions_boundary_arn:
        raise NotImplementedError(f"permissions boundary of {name}")
    return tuple(_parsed(each) for each in role.policies.values()) + _attached(role)


def trust_policy(role_arn: str) -> dict | None:
    for role in iam_backends[ACCOUNT][PARTITION].roles.values():
        if role.arn == role_arn:
            return _parsed(role.assume_role_policy_document)
    return None


def _attached(owner) -> tuple[dict, ...]:
    return tuple(
        _parsed(version.document)
        for policy in owner.managed_policies.values()
        for version in policy.versions
        if version.version_id == policy.default_version_id
    )


def _parsed(document: str | dict) -> dict:
    return json.loads(document) if isinstance(document, str) else document
