# SPDX-License-Identifier: Apache-2.0
"""The template and the parameters that a call brings, or names in a bucket."""

import json
from collections.abc import Callable
from urllib.parse import unquote, urlparse

import yaml

from ..answers import Refusal
from ..call import Call
from .records import Asked, Record

S3_HOSTS = ("s3.", "s3-", "localhost", "127.")
NAMED_IAM, IAM = "CAPABILITY_NAMED_IAM", "CAPABILITY_IAM"
NAMES_OF_IAM = {
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
}


def asked_by(call: Call, standing: Record | None, may_read: Callable[[str], bool], client: Callable) -> Asked:
    told = call.parameters
    known = standing.asked if standing is not None else None
    if told.get("UsePreviousTemplate") and known is not None:
        body = known.body
    else:
        body = told.get("TemplateBody") or _fetched(call, told.get("TemplateURL", ""), may_read, client)
    template = parsed(body)
    asked = Asked(
        body,
        template,
        _parameters(told.get("Parameters", []), template, known),
        told.get("Tags", known.tags if known else []),
        told.get("Capabilities", []),
        told.get("RoleARN"),
    )
    _check_capabilities(asked)
    return asked


def parsed(body: str) -> dict:
    try:
        template = yaml.safe_load(body)  # JSON is YAML as well
    except yaml.YAMLError as error:
        raise Refusal("ValidationError", f"Template format error: {error}", 400) from None
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        message = "Template format error: At least one Resources member must be defined."
        raise Refusal("ValidationError", message, 400)
    # What YAML takes for a date is text in a template: 2012-10-17, of policies and of the format.
    return json.loads(json.dumps(template, default=str))


def _fetched(call: Call, url: str, may_read: Callable[[str], bool], client: Callable) -> str:
    parts = urlparse(url)
    host, path = parts.hostname or "", unquote(parts.path).lstrip("/")
    if host.startswith(S3_HOSTS):
        bucket, _, key = path.partition("/")
    else:
        bucket, key = host.split(".")[0], path
    if not may_read(f"arn:aws:s3:::{bucket}/{key}"):
        raise Refusal("ValidationError", "S3 error: Access Denied", 400)
    s3 = client("s3", call.region)
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    except s3.exceptions.ClientError as error:
        raise Refusal("ValidationError", f"S3 error: {error.response['Error']['Message']}", 400) from None


def _parameters(told: list[dict], template: dict, known: Asked | None) -> dict[str, str]:
    """Defaults are the applier's to read; what has neither default nor value is refused at once."""
    declared, values = template.get("Parameters", {}), {}
    for each in told:
        name = each["ParameterKey"]
        if name not in declared:
            raise Refusal("ValidationError", f"Parameters: [{name}] do not exist in the template", 400)
        if each.get("UsePreviousValue"):
            if known is not None and name in known.parameters:
                values[name] = known.parameters[name]
        else:
            values[name] = each["ParameterValue"]
    missing = [name for name, of in declared.items() if name not in values and "Default" not in of]
    if missing:
        raise Refusal("ValidationError", f"Parameters: [{', '.join(missing)}] must have values", 400)
    return values


def _check_capabilities(asked: Asked) -> None:
    resources = [each for each in asked.template["Resources"].values() if each.get("Type", "").startswith("AWS::IAM::")]
    named = any(NAMES_OF_IAM.get(each["Type"]) in each.get("Properties", {}) for each in resources)
    enough = {NAMED_IAM} if named else {NAMED_IAM, IAM}
    if resources and not enough & set(asked.capabilities):
        needed = NAMED_IAM if named else IAM
        raise Refusal("InsufficientCapabilitiesException", f"Requires capabilities : [{needed}]", 400)
