# SPDX-License-Identifier: Apache-2.0
"""For each stack that keeps things: which of them are in the account already, and in no stack."""

import dataclasses
import json
import pathlib

import botocore.exceptions

from . import kept, say, stacks
from .environment import ROOT, Environment

# Where `cdk diff` has just written the templates (infra/cdk.json).
ASSEMBLY = ROOT / "build/cdk.out"
# Stacks whose making failed. They can only be deleted, and their template is what failed, not what there is.
FAILED = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}
# The same when it was the first import of a stack; one that stood before stands again.
UNDONE = "IMPORT_ROLLBACK_COMPLETE"
# Stacks that have nothing, whatever they list.
HOLLOW = {None, "REVIEW_IN_PROGRESS", *FAILED}
# Of these a second one under the same name can be made.
MAY_BE_SEVERAL = {"AWS::Cognito::UserPool", "AWS::IAM::Role"}


@dataclasses.dataclass(frozen=True)
class Adoption:
    part: str
    stack: str
    found: dict[str, kept.Found]   # by logical id
    stands: bool                   # the stack has something else already
    failed: bool                   # it is the rest of one whose making failed


def look(environment: Environment) -> list[Adoption]:
    """What the stacks are to keep and have not, and is there already. Changes nothing."""
    parts = ("Data", "Api", "Site") + (("GitHub",) if environment.options.get("github") else ())
    looked = [_looked(environment, part) for part in parts]
    return [each for each in looked if each and each.found]


def template(folder: pathlib.Path, stack: str) -> dict:
    return json.loads(file(folder, stack).read_text(encoding="utf-8"))


def file(folder: pathlib.Path, stack: str) -> pathlib.Path:
    return folder / f"{stack}.template.json"


def _looked(environment: Environment, part: str) -> Adoption | None:
    stack, status, has = environment.stack(part), stacks.status(environment, part), {}
    wanted = {logical: each for logical, each in template(ASSEMBLY, stack)["Resources"].items()
              if each["Type"] in kept.FINDERS and each.get("DeletionPolicy") == "Retain"}
    if status not in HOLLOW:
        # A stack that stands lacks something when its making failed in an update: what was made by then was kept.
        named = stacks.named(environment, part)
        if status != UNDONE and wanted.keys() <= named:
            return None
        has = _if_allowed(stack, stacks.resources, environment, part)
        if has:
            wanted = {logical: each for logical, each in wanted.items() if logical not in named}
    found = _found(environment, stack, wanted, has)
    return Adoption(part, stack, found, stands=bool(has), failed=not has and status in FAILED | {UNDONE})


def _found(environment: Environment, stack: str, wanted: dict, has: dict[str, str]) -> dict[str, kept.Found]:
    found: dict[str, kept.Found] = {}
    for kind in kept.FINDERS:
        for logical, resource in wanted.items():
            if resource["Type"] == kind:
                known = has | {name: each.physical for name, each in found.items()}
                if one := _one(environment, _wanted(environment, stack, resource, known), has):
                    found[logical] = one
    return found


def _wanted(environment: Environment, stack: str, resource: dict, known: dict[str, str]) -> kept.Wanted:
    values = {"AWS::AccountId": environment.account, "AWS::Region": environment.region, "AWS::Partition": "aws", **known}
    properties = {name: _value(each, values) for name, each in resource["Properties"].items()}
    return kept.Wanted(stack, resource["Type"], properties)


def _value(value, values: dict[str, str]):
    """A text of a template; None for what only CloudFormation can tell."""
    if isinstance(value, dict) and set(value) == {"Ref"}:
        return values.get(value["Ref"])
    if isinstance(value, dict) and set(value) == {"Fn::Join"}:
        separator, parts = value["Fn::Join"]
        told = [_value(each, values) for each in parts]
        return None if None in told else separator.join(told)
    return value if isinstance(value, str) else None


def _one(environment: Environment, wanted: kept.Wanted, has: dict[str, str]) -> kept.Found | None:
    # What a hollow stack still lists is free as well: that stack goes before anything is taken in.
    free_of = {None} if has else {None, wanted.stack}
    free = []
    for each in kept.find(environment, wanted):
        owner = _owner(environment, wanted, each, has)
        if owner in free_of:
            free.append(each)
        elif owner != wanted.stack and wanted.type not in MAY_BE_SEVERAL:
            raise say.Stop(_taken(each, owner), say.REFUSED)
    if len(free) > 1:
        ids = " and ".join(each.physical for each in free)
        raise say.Stop(f"Several are called alike, {ids}, and none belongs to a stack: {free[0].what}. Which one to go "
                       "on with is not for ./deploy to guess: delete what you do not want, and run it again.",
                       say.REFUSED)
    return free[0] if free else None


def _owner(environment: Environment, wanted: kept.Wanted, found: kept.Found, has: dict[str, str]) -> str | None:
    if wanted.type == "AWS::Cognito::UserPoolGroup":
        # It is called alike in every pool, and is whose its pool is.
        return wanted.stack if found.physical in has.values() else None
    return _if_allowed(wanted.stack, stacks.owner, environment.region, found.physical)


def _if_allowed(stack: str, ask, *words):
    try:
        return ask(*words)
    except botocore.exceptions.ClientError as error:
        kept.raise_if_forbidden(error, stack)
        raise


def _taken(found: kept.Found, owner: str) -> str:
    sentence = f"This environment wants to have {found.what}, and the stack {owner} has it already."
    if "oidc-provider" in found.physical:
        return f"{sentence} {kept.ONCE}"
    return f"{sentence} Both cannot: choose another environment, or take it out of that stack."
