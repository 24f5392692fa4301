# SPDX-License-Identifier: Apache-2.0
"""What an earlier life of the environment left behind, taken into the stacks that are about to be made.

`./deploy --destroy` keeps what holds data, and so does CloudFormation when a first deployment fails. Their names
are taken then, and CloudFormation makes nothing anew under a name that is there: it has to import it. The CDK's
`import` does that for whole stacks or what a person picks; here it is given a template with what was found alone.
"""

import dataclasses
import json
import pathlib
import shutil

import botocore.exceptions

from . import cdk, kept, say, stacks
from .environment import ROOT, Environment

# Where `cdk diff` has just written the templates (infra/cdk.json).
ASSEMBLY = ROOT / "build/cdk.out"
# Stacks that are not there yet. The CDK itself deletes one whose making was rolled back, before it begins again.
HOLLOW = {None, "REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "IMPORT_ROLLBACK_COMPLETE"}
# Of these a second one under the same name can be made.
MAY_BE_SEVERAL = {"AWS::Cognito::UserPool", "AWS::IAM::Role"}


@dataclasses.dataclass(frozen=True)
class Adoption:
    part: str
    stack: str
    found: dict[str, kept.Found]   # by logical id


def look(environment: Environment) -> list[Adoption]:
    """For each stack that is to be made, what of it is there already. Changes nothing."""
    parts = ("Data", "Api", "Site") + (("GitHub",) if environment.options.get("github") else ())
    missing = [part for part in parts if stacks.status(environment, part) in HOLLOW]
    looked = [Adoption(part, environment.stack(part), _found(environment, environment.stack(part)))
              for part in missing]
    return [each for each in looked if each.found]


def show(adoptions: list[Adoption]) -> None:
    lines = [found.what for each in adoptions for found in each.found.values()]
    for number, line in enumerate(lines):
        say.step("" if number else "found again", line)
    if lines:
        say.more("They are taken in as they are, and everything else is made around them. An option that has changed")
        say.more("since then does not reach them by that: bring them back with the options of before, change it after.")


def take_in(environment: Environment, adoptions: list[Adoption]) -> None:
    for each in adoptions:
        folder = _assembly(environment, each)
        mapping = folder / "mapping.json"
        mapping.write_text(json.dumps({logical: found.identifier for logical, found in each.found.items()}))
        cdk.run(["import", each.stack, "--app", str(folder), "--resource-mapping", str(mapping)],
                f"cdk-import-{each.part}")
        say.step("taken in", f"{each.part}: {len(each.found)} of what was found again")


def _found(environment: Environment, stack: str) -> dict[str, kept.Found]:
    resources, found = _template(ASSEMBLY, stack)["Resources"], {}
    for kind in kept.FINDERS:
        for logical, resource in resources.items():
            if resource["Type"] == kind and resource.get("DeletionPolicy") == "Retain":
                if one := _one(environment, _wanted(environment, stack, resource, found)):
                    found[logical] = one
    return found


def _wanted(environment: Environment, stack: str, resource: dict, found: dict[str, kept.Found]) -> kept.Wanted:
    values = {"AWS::AccountId": environment.account, "AWS::Region": environment.region, "AWS::Partition": "aws",
              **{logical: each.physical for logical, each in found.items()}}
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


def _one(environment: Environment, wanted: kept.Wanted) -> kept.Found | None:
    free = []
    for each in kept.find(environment, wanted):
        # A group is called alike in every pool: it is whose its pool is.
        owner = None if wanted.type == "AWS::Cognito::UserPoolGroup" else _owner(environment, wanted, each)
        if owner is None:
            free.append(each)
        elif owner != wanted.stack and wanted.type not in MAY_BE_SEVERAL:
            raise say.Stop(_taken(each, owner), say.REFUSED)
    if len(free) > 1:
        ids = " and ".join(each.physical for each in free)
        raise say.Stop(f"Several are called alike, {ids}, and none belongs to a stack: {free[0].what}. Which one to go "
                       "on with is not for ./deploy to guess: delete what you do not want, and run it again.",
                       say.REFUSED)
    return free[0] if free else None


def _owner(environment: Environment, wanted: kept.Wanted, found: kept.Found) -> str | None:
    try:
        return stacks.owner(environment.region, found.physical)
    except botocore.exceptions.ClientError as error:
        kept.raise_if_forbidden(error, wanted.stack)
        raise


def _taken(found: kept.Found, owner: str) -> str:
    sentence = f"This environment wants to have {found.what}, and the stack {owner} has it already."
    if "oidc-provider" in found.physical:
        return f"{sentence} An account has it once: accountParts is 'existing' in every environment but one."
    return f"{sentence} Both cannot: choose another environment, or take it out of that stack."


def _assembly(environment: Environment, adoption: Adoption) -> pathlib.Path:
    """A copy of what was synthesised, but for the archives, in which the stack is what was found and nothing else.

    An import may make nothing, and so nothing may be spoken of that is not there yet: a bucket waits for the policy
    of another one, for example. The deployment afterwards brings such order back, and changes no resource by it."""
    folder = environment.folder / "adopt.out"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ASSEMBLY, folder, ignore=shutil.ignore_patterns("asset.*"))
    resources = _template(folder, adoption.stack)["Resources"]
    only = {logical: {part: each for part, each in resources[logical].items() if part != "DependsOn"}
            for logical in adoption.found}
    _file(folder, adoption.stack).write_text(json.dumps({"Resources": only}))
    return folder


def _template(folder: pathlib.Path, stack: str) -> dict:
    return json.loads(_file(folder, stack).read_text(encoding="utf-8"))


def _file(folder: pathlib.Path, stack: str) -> pathlib.Path:
    return folder / f"{stack}.template.json"
