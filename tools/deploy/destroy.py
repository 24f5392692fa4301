# SPDX-License-Identifier: Apache-2.0
"""Takes an environment away. What holds data stays, unless the environment's name was typed once more."""

import json
import sys
import time
import zipfile

import botocore.exceptions

from . import cdk, cloud, kept, say
from .environment import ROOT, Environment

# Logs of the buckets arrive for some hours after the last request: one may come between two looks.
EMPTY_ROUNDS = 5
PAUSE_SECONDS = 2
GONE = {"NoSuchBucket", "ResourceNotFoundException", "ParameterNotFound"}


def stays(environment: Environment) -> list[str]:
    secret = environment.names["parameters"] + "edit_secret"
    return [*kept.known_as(environment).values(), f"the parameter {secret}, with which edit tokens are signed"]


def run(environment: Environment, arguments) -> None:
    with_data = _asked(environment, arguments)
    say.step("destroy", "the stacks, the last one first; CloudFront alone takes some minutes")
    words = cdk.context(arguments.environment, arguments.code or _any_archive(environment), arguments.options)
    page = ROOT / "site/404.html"
    cdk.run(["destroy", "--all", "--force", *words, "-c", f"missingPage={page}"], "cdk-destroy", _progress)
    if with_data:
        _delete_data(environment)
    else:
        say.step("stays", "what was said above. A new ./deploy finds it again, with all comments, backups and people;")
        say.more("--destroy --and-data deletes it.")


def _asked(environment: Environment, arguments) -> bool:
    with_data = arguments.and_data is not None
    if with_data and arguments.and_data != environment.name:
        raise say.Stop(f"--and-data wants the name of the environment, {environment.name}, "
                       f"and not {arguments.and_data}.", say.WRONG_USE)
    for number, line in enumerate(stays(environment)):
        title = "" if number else ("is deleted" if with_data else "stays")
        say.step(title, line)
    say.step("stays", "what the account has once: GitHub's provider, the gateway's logging role")
    say.ask(f"Destroy {environment.name} in account {environment.account}?", yes=arguments.yes)
    if with_data and sys.stdin.isatty():
        typed = input(f"  All comments and backups go, for ever. Type {environment.name} to go on: ")
        if typed.strip() != environment.name:
            raise say.Stop("Nothing was done.", say.REFUSED)
    return with_data


def _any_archive(environment: Environment) -> str:
    """The app wants an archive even to name its stacks; what is in it counts for nothing here."""
    file = environment.folder / "nothing.zip"
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("bootstrap", "")
    return str(file)


def _progress(line: str) -> None:
    if "destroyed" in line:
        say.more(line.strip(" ✅"))


def _delete_data(environment: Environment) -> None:
    names, region = environment.names, environment.region
    _table(cloud.client("dynamodb", region), names["table"])
    s3 = cloud.client("s3", region)
    for bucket in ("siteBucket", "backupBucket", "logBucket"):
        _once(f"bucket {names[bucket]}", lambda bucket=bucket: _bucket(s3, names[bucket]))
    _people(cloud.client("cognito-idp", region), names["userPool"])
    # At once, and not in some weeks: the name could not be used again until then.
    _once(f"secret {names['edgeSecret']}", lambda: cloud.client("secretsmanager", region).delete_secret(
        SecretId=names["edgeSecret"], ForceDeleteWithoutRecovery=True))
    secret = names["parameters"] + "edit_secret"
    _once(f"parameter {secret}", lambda: cloud.client("ssm", region).delete_parameter(Name=secret))


def _once(what: str, delete) -> None:
    """Says that it was deleted, or that it had gone already: an attempt that broke off can be made again."""
    try:
        delete()
    except botocore.exceptions.ClientError as error:
        if cloud.code_of(error) not in GONE:
            raise
        say.step("deleted", f"{what} (was gone)")
    else:
        say.step("deleted", what)


def _table(dynamodb, name: str) -> None:
    def delete() -> None:
        dynamodb.update_table(TableName=name)
        dynamodb.delete_table(TableName=name)
    dynamodb.meta.events.register("before-call.dynamodb.UpdateTable", _unprotect)
    _once(f"table {name}", delete)


def _unprotect(params, **_) -> None:
    """Debian 12's boto3 is older than this member, and would refuse it."""
    params["body"] = json.dumps({**json.loads(params["body"]), "DeletionProtectionEnabled": False}).encode()


def _bucket(s3, name: str) -> None:
    for left in reversed(range(EMPTY_ROUNDS)):
        _empty(s3, name)
        try:
            s3.delete_bucket(Bucket=name)
            return
        except botocore.exceptions.ClientError as error:
            if cloud.code_of(error) != "BucketNotEmpty" or not left:
                raise
            time.sleep(PAUSE_SECONDS)


def _empty(s3, name: str) -> None:
    """Every version, and the marks of those that were deleted."""
    while True:
        page = s3.list_object_versions(Bucket=name)
        found = [{"Key": each["Key"], "VersionId": each["VersionId"]}
                 for each in page.get("Versions", []) + page.get("DeleteMarkers", [])]
        if not found:
            return
        answer = s3.delete_objects(Bucket=name, Delete={"Objects": found, "Quiet": True})
        if answer.get("Errors"):
            first = answer["Errors"][0]
            raise say.Stop(f"{first['Key']} in {name} cannot be deleted ({first.get('Code')}): with backupLockDays "
                           "nobody can before its days are over. The rest was left as it is.")


def _people(cognito, name: str) -> None:
    for page in cognito.get_paginator("list_user_pools").paginate(MaxResults=60):
        for pool in page["UserPools"]:
            if pool["Name"] == name:
                _pool(cognito, pool["Id"])
                say.step("deleted", f"user pool {name}")


def _pool(cognito, pool: str) -> None:
    """An update forgets whatever it is not told again; a pool that is about to go may."""
    cognito.update_user_pool(UserPoolId=pool, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool)
