# SPDX-License-Identifier: Apache-2.0
"""What `cdk bootstrap` leaves behind, after the template that the installed CLI brings: the bucket of
assets, the version, and the roles that it takes. Not its key, its registry of images and what they need."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from . import ACCOUNT

TEMPLATE = Path(__file__).resolve().parents[3] / "node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml"
LEFT_OUT = {"FileAssetsBucketEncryptionKey", "ContainerAssetsRepository"}
NOTHING = object()  # AWS::NoValue


@cache
def _template() -> dict:
    # Dates are not dates in a template.
    return json.loads(json.dumps(yaml.safe_load(TEMPLATE.read_text()), default=str))


class Bootstrap:
    def __init__(self, region: str) -> None:
        self._region, self._resources = region, _template()["Resources"]

    def make(self, client: Callable) -> None:
        bucket = self._properties("StagingBucket")["BucketName"]
        place = (
            {} if self._region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": self._region}}
        )
        s3, iam = client("s3", self._region), client("iam", self._region)
        s3.create_bucket(Bucket=bucket, **place)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        policy = self._properties("StagingBucketPolicy")["PolicyDocument"]
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
        version = self._properties("CdkBootstrapVersion")
        client("ssm", self._region).put_parameter(Name=version["Name"], Value=version["Value"], Type="String")
        for logical in self._of_type("AWS::IAM::Role"):
            _make_role(iam, self._properties(logical))
        for logical in self._of_type("AWS::IAM::Policy"):
            policy = self._properties(logical)
            for role in policy["Roles"]:
                _put_policy(iam, role, policy)

    def _of_type(self, type: str) -> list[str]:
        return [name for name, each in self._resources.items() if each["Type"] == type and self._is_wanted(each)]

    def _is_wanted(self, resource: dict) -> bool:
        return "Condition" not in resource or self._condition(resource["Condition"])

    def _properties(self, logical: str) -> dict:
        return self._resolved(self._resources[logical]["Properties"])

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, list):
            each_resolved = [self._resolved(each) for each in value]
            return [each for each in each_resolved if each is not NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, of),) = value.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self._function(name, of)
        resolved = {name: self._resolved(each) for name, each in value.items()}
        return {name: each for name, each in resolved.items() if each is not NOTHING}

    def _function(self, name: str, of: Any) -> Any:
        if name == "Ref":
            return self._ref(of)
        if name == "Fn::Sub":
            return re.sub(r"\$\{([^}]+)\}", lambda found: str(self._named(found[1])), of)
        if name == "Fn::GetAtt":
            return self._named(of if isinstance(of, str) else ".".join(of))
        if name == "Fn::If":
            return self._resolved(of[1] if self._condition(of[0]) else of[2])
        if name == "Fn::Join":
            return of[0].join(self._list(of[1]))
        raise NotImplementedError(f"{name} in the template of the bootstrap")

    def _list(self, of: Any) -> list[str]:
        resolved = self._resolved(of)
        return resolved if isinstance(resolved, list) else [each for each in resolved.split(",") if each]

    def _named(self, name: str) -> str:
        logical, _, attribute = name.partition(".")
        if not attribute:
            return self._ref(logical)
        type, own = self._resources[logical]["Type"], self._ref(logical)
        forms = {"AWS::S3::Bucket": "arn:aws:s3:::{}", "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{{}}"}
        service = type.split("::")[1].lower()
        return forms.get(type, f"arn:aws:{service}:{self._region}:{ACCOUNT}:{{}}").format(own)

    def _ref(self, name: str) -> Any:
        pseudo = {
            "AWS::AccountId": ACCOUNT,
            "AWS::Region": self._region,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::NoValue": NOTHING,
        }
        if name in pseudo:
            return pseudo[name]
        if name in _template()["Parameters"]:
            return _template()["Parameters"][name]["Default"]
        if name in LEFT_OUT:
            return name
        own = self._properties(name)
        return own.get("RoleName") or own.get("BucketName") or own.get("Name") or name

    def _condition(self, of: Any) -> bool:
        if isinstance(of, str):
            return self._condition(_template()["Conditions"][of])
        ((name, parts),) = of.items()
        if name == "Condition":
            return self._condition(parts)
        if name == "Fn::Equals":
            return self._resolved(parts[0]) == self._resolved(parts[1])
        if name == "Fn::Not":
            return not self._condition(parts[0])
        if name == "Fn::And":
            return all([self._condition(each) for each in parts])
        raise NotImplementedError(f"{name} in the conditions of the bootstrap")


def _make_role(iam, role: dict) -> None:
    trust = {"Version": "2012-10-17"} | role["AssumeRolePolicyDocument"]
    iam.create_role(RoleName=role["RoleName"], AssumeRolePolicyDocument=json.dumps(trust), Tags=role.get("Tags", []))
    for arn in role.get("ManagedPolicyArns", []):
        iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn=arn)
    for policy in role.get("Policies", []):
        _put_policy(iam, role["RoleName"], policy)


def _put_policy(iam, role: str, policy: dict) -> None:
    document = json.dumps(policy["PolicyDocument"])
    iam.put_role_policy(RoleName=role, PolicyName=policy["PolicyName"], PolicyDocument=document)
