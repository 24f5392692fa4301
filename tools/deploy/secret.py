# SPDX-License-Identifier: Apache-2.0
"""The one thing that CloudFormation cannot make: the secret with which edit tokens are signed."""

import base64
import secrets

import botocore.exceptions

from . import cloud, say
from .environment import Environment

SECRET_BYTES = 32   # what docs/guide/lambda.md asks for at least


def put_once(environment: Environment) -> None:
    """Never replaced: another one would end the edit tokens that are out. Never read, so that whoever
    deploys needs no right to see it."""
    name = environment.names["parameters"] + "edit_secret"
    try:
        cloud.client("ssm", environment.region).put_parameter(
            Name=name, Type="SecureString", Overwrite=False,
            Value=base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode(),
            Description="Signs the edit tokens of authors; another value ends those that are out")
    except botocore.exceptions.ClientError as error:
        if cloud.code_of(error) != "ParameterAlreadyExists":
            raise
        say.step("secret", f"{name} is there, and stays as it is")
    else:
        say.step("secret", f"{name}: made of {SECRET_BYTES} random bytes, encrypted by Systems Manager")
