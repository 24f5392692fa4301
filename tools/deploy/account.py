# SPDX-License-Identifier: Apache-2.0
"""Whose account this is, and whether `cdk bootstrap` has been there."""

import os

import botocore.exceptions

from . import cdk, cloud, say

# What the stacks ask for: `requiresBootstrapStackVersion` of the assembly.
BOOTSTRAP_VERSION_MIN = 6
BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"

# What AWS says of credentials that have had their time, or were never right.
EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
WRONG = {"InvalidClientTokenId", "SignatureDoesNotMatch", "AuthFailure", "UnrecognizedClientException",
         "InvalidAccessKeyId"}


def who_am_i(region: str) -> dict:
    """{Account, Arn}. Stops with a sentence that says what to do."""
    _same_region(region)
    try:
        return cloud.client("sts", region).get_caller_identity()
    except botocore.exceptions.NoCredentialsError:
        raise say.Stop("No credentials of AWS were found: `aws configure sso` or `aws configure` makes some, "
                       "AWS_PROFILE chooses among those there are.", say.MISSING) from None
    except botocore.exceptions.ProfileNotFound as error:
        raise say.Stop(f"{error}. `aws configure list-profiles` names those there are.", say.MISSING) from None
    except botocore.exceptions.ClientError as error:
        raise say.Stop(_refused(error), say.MISSING) from None
    except (botocore.exceptions.SSOError, botocore.exceptions.CredentialRetrievalError) as error:
        raise say.Stop(f"The credentials cannot be had ({error}): sign in again with `aws sso login`.",
                       say.MISSING) from None
    except botocore.exceptions.EndpointConnectionError as error:
        raise say.Stop(f"AWS does not answer: {error}") from None


def _same_region(region: str) -> None:
    """Programs beside us, such as the AWS CLI, would look elsewhere for what we make."""
    wanted = os.environ.get("AWS_REGION", region)
    if wanted != region:
        raise say.Stop(f"AWS_REGION is {wanted}, and infra/environments.ts puts this environment into {region}: "
                       "change one of them, or unset AWS_REGION.", say.WRONG_USE)


def _refused(error: botocore.exceptions.ClientError) -> str:
    code = cloud.code_of(error)
    if code in EXPIRED:
        return "The credentials have expired: sign in again (`aws sso login`), or take new ones."
    if code in WRONG:
        return f"AWS does not know these credentials ({code}): is AWS_PROFILE right, is the key still there?"
    return f"AWS does not say whose credentials these are: {error}"


def show(me: dict, region: str) -> None:
    say.step("account", f"{me['Account']}, {region}, as {me['Arn']}")


def bootstrap_version(region: str) -> int:
    """0 where `cdk bootstrap` has never been."""
    try:
        found = cloud.client("ssm", region).get_parameter(Name=BOOTSTRAP_PARAMETER)
    except botocore.exceptions.ClientError as error:
        if cloud.code_of(error) == "ParameterNotFound":
            return 0
        raise
    return int(found["Parameter"]["Value"])


def run(region: str, *, yes: bool, may_bootstrap: bool) -> None:
    """Shows the account, and sees to it that the CDK can work in both regions."""
    me = who_am_i(region)
    show(me, region)
    for each in dict.fromkeys([region, cloud.WORLD]):
        version = bootstrap_version(each)
        if version >= BOOTSTRAP_VERSION_MIN:
            say.step("bootstrap", f"{each}: version {version}")
        else:
            _bootstrap(me["Account"], each, version, yes=yes, may_bootstrap=may_bootstrap)


def _bootstrap(account: str, region: str, version: int, *, yes: bool, may_bootstrap: bool) -> None:
    target = f"aws://{account}/{region}"
    what = f"is of version {version}, and {BOOTSTRAP_VERSION_MIN} is wanted" if version else "has not been here yet"
    say.step("bootstrap", f"{region}: `cdk bootstrap` {what}")
    say.more("It makes a bucket for what is uploaded, and the roles by which stacks are made; once for each region.")
    if not may_bootstrap:
        say.more(f"`./deploy` will offer it. By hand: cd infra && npx cdk bootstrap {target}")
        return
    say.ask(f"Run `cdk bootstrap {target}`?", yes=yes)
    cdk.run(["bootstrap", target], f"cdk-bootstrap-{region}")
    if bootstrap_version(region) < BOOTSTRAP_VERSION_MIN:
        raise say.Stop(f"`cdk bootstrap` ended well, and {region} still has no {BOOTSTRAP_PARAMETER}.")
