# SPDX-License-Identifier: Apache-2.0
"""The authorizer COGNITO_USER_POOLS: whose token is this, and is it one?"""
from __future__ import annotations

import base64
import binascii
import json
import time
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from localaws.http import Request
from localaws.templates.stack import Resource

from .refusals import Refusal

# Claims that the gateway writes as dates.
TIMES = ("exp", "iat")

UNAUTHORIZED = Refusal("UNAUTHORIZED", "Unauthorized")


class Authorizer:
    """`jwks_for(pool_arn)` gives what the pool publishes as .well-known/jwks.json."""

    def __init__(self, of: Resource, jwks_for: Callable[[str], dict[str, Any]], clock: Callable[[], float]) -> None:
        if of.properties["Type"] != "COGNITO_USER_POOLS":
            raise NotImplementedError(f"an authorizer {of.properties['Type']}")
        source = of.properties["IdentitySource"]
        if not source.startswith("method.request.header."):
            raise NotImplementedError(f"tokens from {source}")
        self._header = source.removeprefix("method.request.header.")
        self._pools = of.properties["ProviderARNs"]
        self._jwks_for, self._clock = jwks_for, clock

    def claims(self, request: Request, scopes: list[str]) -> dict[str, str]:
        """As the event carries them. Raises a Refusal.

        Without scopes on the method the gateway wants an id token, with scopes an access token that has one of them.
        It takes those of every client of the pool."""
        header, claims, signed, signature = _parts(request.headers.get(self._header))
        pool = next((each for each in self._pools if claims.get("iss") == issuer_of(each)), None)
        if pool is None or not _is_signed(self._jwks_for(pool), header, signed, signature):
            raise UNAUTHORIZED
        if claims.get("exp", 0) <= self._clock():
            raise Refusal("UNAUTHORIZED", "The incoming token has expired")
        if claims.get("token_use") != ("access" if scopes else "id"):
            raise UNAUTHORIZED
        if scopes and not set(scopes) & set(claims.get("scope", "").split()):
            raise UNAUTHORIZED
        return {name: _text(name, value) for name, value in claims.items()}


def issuer_of(pool_arn: str) -> str:
    region, pool = pool_arn.split(":")[3], pool_arn.rsplit("/", 1)[1]
    return f"https://cognito-idp.{region}.amazonaws.com/{pool}"


def _parts(given: str | None) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    if not given:
        raise UNAUTHORIZED
    token = given.removeprefix("Bearer ").strip()
    try:
        header, claims, signature = token.split(".")
        made = json.loads(_bytes(header)), json.loads(_bytes(claims))
        if not all(isinstance(each, dict) for each in made):
            raise UNAUTHORIZED
        return *made, f"{header}.{claims}".encode(), _bytes(signature)
    except (ValueError, binascii.Error) as error:
        raise UNAUTHORIZED from error


def _is_signed(jwks: dict[str, Any], header: dict[str, Any], signed: bytes, signature: bytes) -> bool:
    key = next((each for each in jwks["keys"] if each["kid"] == header.get("kid")), None)
    if key is None or header.get("alg") != "RS256":
        return False
    numbers = RSAPublicNumbers(*(int.from_bytes(_bytes(key[name]), "big") for name in ("e", "n")))
    try:
        numbers.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _text(name: str, value: Any) -> str:
    """Everything is text in the event of a REST API; lists have commas: cognito:groups is "admins,moderators"."""
    if name in TIMES:
        return time.strftime("%a %b %d %H:%M:%S UTC %Y", time.gmtime(value))
    if isinstance(value, list):
        return ",".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)


def _bytes(base64url: str) -> bytes:
    return base64.urlsafe_b64decode(base64url + "=" * (-len(base64url) % 4))
