# SPDX-License-Identifier: Apache-2.0
"""The environment `local`, synthesised once by the CDK, as stacks with made-up ARNs: nothing was applied anywhere."""
from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from localaws.functions.machine import ARCHITECTURE
from localaws.templates.stack import Resource, Stack

REPOSITORY = Path(__file__).resolve().parents[4]
ACCOUNT, REGION = "123456789012", "eu-west-3"
EDGE_SECRET = "a-secret-of-the-edge"

# What ./package lambda built; another one by this variable.
CODE = Path(os.environ.get("LOCALAWS_CODE", REPOSITORY / f"build/lambda/palabre-{ARCHITECTURE}.zip"))

NAMES = {
    "AWS::Lambda::Function": "FunctionName", "AWS::S3::Bucket": "BucketName", "AWS::DynamoDB::Table": "TableName",
    "AWS::ApiGateway::Stage": "StageName", "AWS::SSM::Parameter": "Name", "AWS::Logs::LogGroup": "LogGroupName",
}


@functools.cache
def folder(**options: Any) -> Path:
    """Of the synthesised templates. The page of what is missing is the site's source of it."""
    name = hashlib.sha256(repr(sorted(options.items())).encode()).hexdigest()[:8]
    out = REPOSITORY / "build/local-test" / name
    chosen = {"environment": "local", "architecture": ARCHITECTURE, "release": "at-once", "waf": "none", **options}
    subprocess.run(
        ["npx", "cdk", "synth", "--strict", "--quiet", "--output", str(out), "-c", "environment=staging",
         "-c", f"code={CODE}", "-c", f"missingPage={REPOSITORY / 'site/404.html'}",
         "-c", f"options={json.dumps(chosen)}"],
        cwd=REPOSITORY / "infra", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "CDK_DISABLE_CLI_TELEMETRY": "true"},
    )
    return out


@functools.cache
def stack(part: str, **options: Any) -> Stack:
    """`part`: Data, Api, Site, Backup."""
    name = f"Palabre-local-{part}"
    template = json.loads((folder(**options) / f"{name}.template.json").read_text())
    return Resolver(name, template, lambda other: stack(other.rsplit("-", 1)[1], **options)).stack()


class Resolver:
    def __init__(self, name: str, template: dict[str, Any], others: Any) -> None:
        self.name, self.template, self.others = name, template, others
        self.made: dict[str, Resource] = {}

    def stack(self) -> Stack:
        for logical in self.template["Resources"]:
            self.resource(logical)
        outputs = {key: self.value(each["Value"]) for key, each in self.template.get("Outputs", {}).items()}
        return Stack(self.name, REGION, ACCOUNT, resources=self.made, outputs=outputs)

    def resource(self, logical: str) -> Resource:
        if logical not in self.made:
            given = self.template["Resources"][logical]
            properties = self.value(given.get("Properties", {}))
            ref, attributes = invented(logical, given["Type"], properties)
            self.made[logical] = Resource(logical, given["Type"], properties, ref, attributes)
        return self.made[logical]

    def value(self, of: Any) -> Any:
        if isinstance(of, str):
            return re.sub(r"\{\{resolve:secretsmanager:.*?\}\}", EDGE_SECRET, of)
        if isinstance(of, list):
            return [self.value(each) for each in of]
        if not isinstance(of, dict):
            return of
        if len(of) == 1 and (found := self.intrinsic(*next(iter(of.items())))) is not None:
            return found
        return {key: self.value(each) for key, each in of.items()}

    def intrinsic(self, kind: str, of: Any) -> Any:
        pseudo = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": "aws",
                  "AWS::URLSuffix": "amazonaws.com"}
        if kind == "Ref":
            return pseudo.get(of) or self.resource(of).ref
        if kind == "Fn::GetAtt":
            made = self.resource(of[0])
            return made.attributes.get(of[1], f"{made.logical}.{of[1]}")
        if kind == "Fn::Join":
            return of[0].join(self.value(each) for each in of[1])
        if kind == "Fn::Sub":
            return re.sub(r"\$\{(.+?)\}", lambda found: self.value({"Ref": found[1]}), of)
        if kind == "Fn::GetStackOutput":
            return self.others(of["StackName"]).outputs[of["OutputName"]]
        assert not kind.startswith("Fn::"), kind
        return None


def invented(logical: str, kind: str, properties: dict[str, Any]) -> tuple[str, dict[str, str]]:
    name = properties.get(NAMES.get(kind, ""), logical)
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{properties.get('FunctionName', '')}"
    made: dict[str, tuple[str, dict[str, str]]] = {
        "AWS::Lambda::Function": (name, {"Arn": function}),
        "AWS::Lambda::Version": (f"{function}:1", {"Version": "1"}),
        "AWS::Lambda::Alias": (f"{function}:{properties.get('Name')}", {}),
        "AWS::IAM::Role": (name, {"Arn": f"arn:aws:iam::{ACCOUNT}:role/{properties.get('RoleName', logical)}"}),
        "AWS::ApiGateway::RestApi": ("a1b2c3d4e5", {"RootResourceId": "root"}),
        "AWS::S3::Bucket": (name, {
            "Arn": f"arn:aws:s3:::{name}", "RegionalDomainName": f"{name}.s3.{REGION}.amazonaws.com"}),
        "AWS::Cognito::UserPool": (f"{REGION}_Local1", {
            "Arn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_Local1"}),
        "AWS::CloudFront::Distribution": ("E1LOCAL", {"DomainName": "d111111abcdef8.cloudfront.net"}),
        "AWS::CloudFront::Function": (logical, {
            "FunctionARN": f"arn:aws:cloudfront::{ACCOUNT}:function/{properties.get('Name')}"}),
        "AWS::CloudFront::OriginAccessControl": (logical, {"Id": logical}),
        "AWS::SQS::Queue": (name, {"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{properties.get('QueueName')}"}),
    }
    return made.get(kind, (name, {}))


def role_credentials(role: str) -> dict[str, str]:
    token = f"token-of-{role.rsplit('/', 1)[1]}"
    return {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "secret", "SessionToken": token}
