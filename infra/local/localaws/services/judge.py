# SPDX-License-Identifier: Apache-2.0
"""May this caller do this? Every question is kept, so that a test can read what was asked."""

import base64
import binascii
import json
import threading
from dataclasses import dataclass

from ..policies import Request, Verdict, identity_allows, resource_allows
from . import ACCOUNT
from .actions import Need, needs_of
from .answers import Refusal, access_denied, unknown_key
from .call import Call
from .identities import Identity, documents_of, identify, trust_policy
from .resource_policies import policy_on
from .signatures import check_signature

ANONYMOUS = "anonymous"
# What AWS lets everybody ask: "GetCallerIdentity" says that no permission is needed, and a user pool
# asks those who sign in for their password, not for a signature.
NEEDS_NO_RIGHT = {("sts", "GetCallerIdentity")}
# SDKs talk to us as they would over TLS to AWS; this hop alone goes without.
# And whatever they ask for is of the one account that there is.
EVERY_CALL = {"aws:SecureTransport": "true", "aws:ResourceAccount": ACCOUNT, "s3:ResourceAccount": ACCOUNT}
WHY = {Verdict.DENIED: "with an explicit deny", Verdict.SILENT: "because no policy allows the action"}


@dataclass(frozen=True)
class Judged:
    principal: str
    action: str
    resource: str
    allowed: bool
    verdict: Verdict  # of the documents together


class Judge:
    def __init__(self) -> None:
        self.judged: list[Judged] = []
        self._lock = threading.Lock()

    def check(self, call: Call) -> None:
        """Raises the Refusal that the service would answer with."""
        if call.access_key is None:
            return self._check_unsigned(call)
        caller = identify(call.access_key, call.token)
        if caller is None:
            raise unknown_key(call)
        check_signature(call, caller.secret)
        if (call.service, call.operation) in NEEDS_NO_RIGHT or caller.is_administrator:
            return None
        if (call.service, call.operation) == ("sts", "AssumeRole"):
            return self._check_trust(call, caller)
        for need in needs_of(call):
            self._require(call, caller.arn, need, caller.session, caller.documents)
        return None

    def check_missing(self, call: Call) -> None:
        """ "GetObject" and "HeadObject": whoever may not list a bucket is not told what it lacks."""
        if call.operation not in ("GetObject", "HeadObject"):
            return
        caller = identify(call.access_key, call.token) if call.access_key else None
        if caller is None or not caller.is_administrator:
            principal, shown = (caller.arn, caller.session) if caller else (ANONYMOUS, ANONYMOUS)
            listing = Need("s3:ListBucket", f"arn:aws:s3:::{call.parameters['Bucket']}")
            self._require(call, principal, listing, shown, caller.documents if caller else ())

    def allows(self, principal: str, action: str, resource: str, context: dict[str, str] | None = None) -> bool:
        """Of a service that calls another, or of a role: with all documents on both sides."""
        request = Request(principal, action, resource, EVERY_CALL | (context or {}))
        return self.verdict(request, documents_of(principal), policy_on(resource)) is Verdict.ALLOWED

    def may_read(self, call: Call, resource: str) -> bool:
        """May whoever makes this call also read that object? CloudFormation fetches templates so."""
        caller = identify(call.access_key or "", call.token)
        return caller is not None and (caller.is_administrator or self.allows(caller.arn, "s3:GetObject", resource))

    def trusts(self, role: str, principal: str, context: dict[str, str] | None = None) -> bool:
        request = Request(principal, "sts:AssumeRole", role, EVERY_CALL | (context or {}))
        return self.verdict(request, (), trust_policy(role)) is Verdict.ALLOWED

    def verdict(self, request: Request, documents: tuple[dict, ...] = (), resource: dict | None = None) -> Verdict:
        """Within one account an allow of either side suffices, a deny of either refuses ("Policy
        evaluation logic"); where the resource's side leaves it to the account, the identity decides."""
        said = {identity_allows(list(documents), request)}
        if resource is not None:
            said.add(resource_allows(resource, request))
        denied = Verdict.DENIED in said
        allowed = Verdict.ALLOWED in said and not denied
        verdict = Verdict.DENIED if denied else Verdict.ALLOWED if allowed else Verdict.SILENT
        with self._lock:
            self.judged.append(Judged(request.principal, request.action, request.resource, allowed, verdict))
        return verdict

    def _require(self, call: Call, principal: str, need: Need, shown: str, documents: tuple[dict, ...]) -> None:
        request = Request(principal, need.action, need.resource, EVERY_CALL | need.context)
        self._demand(call, request, shown, documents, policy_on(need.resource))

    def _demand(
        self, call: Call, request: Request, shown: str, documents: tuple[dict, ...], resource: dict | None
    ) -> None:
        verdict = self.verdict(request, documents, resource)
        if verdict is not Verdict.ALLOWED:
            raise access_denied(call, shown, request.action, request.resource, WHY[verdict])

    def _check_trust(self, call: Call, caller: Identity) -> None:
        """A role trusts by name, or trusts an account, whose own documents then decide."""
        role = call.parameters["RoleArn"]
        trust = trust_policy(role)
        outside = {"sts:ExternalId": call.parameters["ExternalId"]} if "ExternalId" in call.parameters else {}
        request = Request(caller.arn, "sts:AssumeRole", role, EVERY_CALL | outside)
        trusted = trust is not None and resource_allows(trust, request) in (Verdict.ALLOWED, Verdict.DELEGATED)
        self._demand(call, request, caller.session, caller.documents if trusted else (), trust)
        if call.parameters.get("Tags"):
            tagging = Request(caller.arn, "sts:TagSession", role, EVERY_CALL)
            self._demand(call, tagging, caller.session, caller.documents if trusted else (), trust)

    def _check_unsigned(self, call: Call) -> None:
        if (call.service, call.operation) == ("sts", "AssumeRoleWithWebIdentity"):
            return self._check_web_identity(call)
        if call.service == "cognito-idp":
            return None
        if call.service != "s3":
            raise unknown_key(call)
        for need in needs_of(call):
            self._require(call, ANONYMOUS, need, ANONYMOUS, ())
        return None

    def _check_web_identity(self, call: Call) -> None:
        """The claims of the token are the condition keys ("Available keys for AWS OIDC federation"). Its
        signature is not checked: nobody here is its issuer."""
        role, claims = call.parameters["RoleArn"], _claims(call.parameters["WebIdentityToken"])
        issuer = claims["iss"].removeprefix("https://")
        context = {f"{issuer}:{name}": claims[name] for name in ("aud", "sub") if name in claims}
        provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"
        request = Request(provider, "sts:AssumeRoleWithWebIdentity", role, EVERY_CALL | context)
        self._demand(call, request, provider, (), trust_policy(role))


def _claims(token: str) -> dict:
    try:
        payload = token.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError, binascii.Error):
        raise Refusal("InvalidIdentityToken", "No OpenIDConnect provider found in your account", 400) from None
