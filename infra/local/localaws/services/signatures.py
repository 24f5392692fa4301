# SPDX-License-Identifier: Apache-2.0
"""Signature Version 4, checked as "Create a signed AWS API request" writes it. When it was made is not."""

import hashlib
import hmac
import re
from urllib.parse import quote

from .answers import FORBIDDEN, JSON_STATUS, QUERY_LIKE, Refusal
from .call import Call

PARTS = re.compile(r"Credential=[^/]+/(?P<scope>[^,\s]+),\s*SignedHeaders=(?P<names>[^,\s]+),\s*Signature=(?P<is>\w+)")
HASH = re.compile(r"[0-9a-f]{64}")


def check_signature(call: Call, secret: str) -> None:
    told = PARTS.search(call.headers["Authorization"])
    if told is None:
        raise Refusal("IncompleteSignature", "Authorization header is not whole.", JSON_STATUS)
    date, region, service, ending = told["scope"].split("/")
    canonical = _canonical(call, told["names"])
    stamp = call.headers.get("X-Amz-Date", "")
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, told["scope"], _sha256(canonical.encode())])
    key = f"AWS4{secret}".encode()
    for each in (date, region, service, ending, text):
        key = hmac.new(key, each.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(key.hex(), told["is"]):
        raise _does_not_match(call)


def _canonical(call: Call, names: str) -> str:
    request = call.request
    # Every service but S3 encodes the path that was sent once more.
    path = request.raw_path if call.service == "s3" else quote(request.raw_path, safe="/~")
    query = "&".join(sorted(_pair(each) for each in request.query_string.decode().split("&") if each))
    headers = [f"{name}:{' '.join(call.headers.get(name, '').split())}\n" for name in names.split(";")]
    return "\n".join([request.method, path, query, "".join(headers), names, _payload(call)])


def _pair(text: str) -> str:
    return text if "=" in text else text + "="


def _payload(call: Call) -> str:
    actual = _sha256(call.body)
    told = call.headers.get("x-amz-content-sha256", actual)
    # Some bodies are not signed, or in parts; a sum that is told has to be theirs.
    if HASH.fullmatch(told) and told != actual:
        raise Refusal("XAmzContentSHA256Mismatch", "The provided sum does not match what was computed.", JSON_STATUS)
    return told


def _sha256(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _does_not_match(call: Call) -> Refusal:
    message = "The request signature we calculated does not match the signature you provided."
    if call.protocol in QUERY_LIKE:
        return Refusal("SignatureDoesNotMatch", message, FORBIDDEN)
    return Refusal("InvalidSignatureException", message, JSON_STATUS if call.protocol == "json" else FORBIDDEN)
