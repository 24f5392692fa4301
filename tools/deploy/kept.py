# SPDX-License-Identifier: Apache-2.0
"""What outlives its stack: what it is to a person, and how it is found again in an account by its name."""

import dataclasses

import botocore.exceptions

from . import cloud, say
from .environment import Environment

ABSENT = {"ResourceNotFoundException", "404", "NoSuchEntity", "NotFoundException"}
TAG = "palabre"   # on all that we make, with the name of its environment (infra/lib/build.ts)
ONCE = "An account has it once: accountParts is 'existing' in every environment but one."


@dataclasses.dataclass(frozen=True)
class Found:
    physical: str                # as a stack calls it that has it
    identifier: dict[str, str]   # as CloudFormation wants to hear of it, to take it in
    what: str


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A resource of a template, with the values of its properties as far as they are known."""
    stack: str
    type: str
    properties: dict


def known_as(environment: Environment) -> dict[str, str]:
    """By name, what an environment leaves behind."""
    names = environment.names
    return {
        names["table"]: f"the table {names['table']}: all comments",
        names["siteBucket"]: f"the bucket {names['siteBucket']}: the site, and what it was before",
        names["backupBucket"]: f"the bucket {names['backupBucket']}: the backups",
        names["logBucket"]: f"the bucket {names['logBucket']}: the logs of the others",
        names["userPool"]: f"the user pool {names['userPool']}: who may moderate",
        names["edgeSecret"]: f"the secret {names['edgeSecret']}, which CloudFront shows to the gateway",
    }


def find(environment: Environment, wanted: Wanted) -> list[Found]:
    """Those that are there; more than one only where AWS gives a name twice, as it does to user pools."""
    try:
        return FINDERS[wanted.type](environment, wanted)
    except botocore.exceptions.ClientError as error:
        if cloud.code_of(error) in ABSENT:
            return []
        raise_if_forbidden(error, wanted.stack)
        raise


def raise_if_forbidden(error: botocore.exceptions.ClientError, stack: str) -> None:
    """To go on without knowing could make a new and empty thing beside the one with all comments or people."""
    if cloud.is_forbidden(error):
        raise say.Stop(f"The stack {stack} has not yet all that it is to keep, and these credentials may not look "
                       f"whether an earlier one kept it ({error.operation_name}). Run ./deploy once with credentials "
                       "that may, those of the owner of the account for example.", say.MISSING) from None


def _table(environment: Environment, wanted: Wanted) -> list[Found]:
    name = wanted.properties["TableName"]
    table = cloud.client("dynamodb", environment.region).describe_table(TableName=name)["Table"]
    if table["TableStatus"] == "DELETING":
        raise say.Stop(f"The table {name} is being deleted, and its name is taken until then: run ./deploy again in "
                       "some minutes.", say.REFUSED)
    return [Found(name, {"TableName": name}, known_as(environment)[name])]


def _bucket(environment: Environment, wanted: Wanted) -> list[Found]:
    name = wanted.properties["BucketName"]
    answer = cloud.client("s3", environment.region).head_bucket(Bucket=name)["ResponseMetadata"]
    # From wherever it is asked: botocore goes where S3 sends it.
    region = answer["HTTPHeaders"].get("x-amz-bucket-region", environment.region)
    if region != environment.region:
        raise say.Stop(f"The bucket {name} is in {region}, and this environment in {environment.region}: say the "
                       "region of before in infra/environments.ts, or choose another environment.", say.REFUSED)
    return [Found(name, {"BucketName": name}, known_as(environment)[name])]


def _pools(environment: Environment, wanted: Wanted) -> list[Found]:
    name = wanted.properties["UserPoolName"]
    pages = cloud.client("cognito-idp", environment.region).get_paginator("list_user_pools").paginate(MaxResults=60)
    return [Found(pool["Id"], {"UserPoolId": pool["Id"]}, known_as(environment)[name])
            for page in pages for pool in page["UserPools"] if pool["Name"] == name]


def _group(environment: Environment, wanted: Wanted) -> list[Found]:
    pool, name = wanted.properties["UserPoolId"], wanted.properties["GroupName"]
    if pool is None:   # the pool itself is not there
        return []
    cloud.client("cognito-idp", environment.region).get_group(UserPoolId=pool, GroupName=name)
    return [Found(name, {"UserPoolId": pool, "GroupName": name}, f"its group {name}, with those who are in it")]


def _secret(environment: Environment, wanted: Wanted) -> list[Found]:
    name = wanted.properties["Name"]
    secret = cloud.client("secretsmanager", environment.region).describe_secret(SecretId=name)
    if "DeletedDate" in secret:
        raise say.Stop(f"The secret {name} was deleted, and its name is taken until it goes for good. Have it back by "
                       f"`aws secretsmanager restore-secret --region {environment.region} --secret-id {name}`, and run "
                       "./deploy again.", say.REFUSED)
    return [Found(secret["ARN"], {"Id": secret["ARN"]}, known_as(environment)[name])]


def _logging_role(environment: Environment, wanted: Wanted) -> list[Found]:
    """CloudFormation chose its name; the gateway of this account remembers it."""
    arn = cloud.client("apigateway", environment.region).get_account().get("cloudwatchRoleArn") or ""
    name = arn.rpartition("/")[2]
    if "RoleName" in wanted.properties or not name.startswith(f"{wanted.stack}-"):
        return []
    cloud.client("iam", environment.region).get_role(RoleName=name)
    return [Found(name, {"RoleName": name}, "the role by which the gateways of this account write their logs")]


def _provider(environment: Environment, wanted: Wanted) -> list[Found]:
    host = wanted.properties["Url"].removeprefix("https://")
    arn = f"arn:aws:iam::{environment.account}:oidc-provider/{host}"
    what = "GitHub's provider, by which its workflows are known here"
    told = cloud.client("iam", environment.region).get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    # It is one for all regions, and only the stacks of one can be asked: by this tag we know what was ours.
    tags = {each["Key"]: each["Value"] for each in told.get("Tags", [])}
    if tags.get(TAG) != environment.name:
        others = f"that of the environment {tags[TAG]}" if TAG in tags else "not made by Palabre"
        raise say.Stop(f"This environment wants to have {what}, and the account has one already, {others}. {ONCE}",
                       say.REFUSED)
    return [Found(arn, {"Arn": arn}, what)]


# In this order: a group is found in its pool.
FINDERS = {
    "AWS::DynamoDB::Table": _table,
    "AWS::S3::Bucket": _bucket,
    "AWS::Cognito::UserPool": _pools,
    "AWS::Cognito::UserPoolGroup": _group,
    "AWS::SecretsManager::Secret": _secret,
    "AWS::IAM::Role": _logging_role,
    "AWS::IAM::OIDCProvider": _provider,
}
