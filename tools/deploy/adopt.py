# SPDX-License-Identifier: Apache-2.0
"""What an earlier life of the environment left behind, taken into its stacks.

`./deploy --destroy` keeps what holds data, and so does CloudFormation when a deployment fails that made it. Their
names are taken then, and CloudFormation makes nothing anew under a name that is there: it has to import it. The CDK's
`import` does that for whole stacks or what a person picks; here it is given a template with what was found alone.
"""

import json
import pathlib
import shutil

from . import cdk, say, search, stacks
from .environment import Environment
from .search import Adoption

DONE = "IMPORT_COMPLETE"


def show(adoptions: list[Adoption]) -> None:
    lines = [found.what for each in adoptions for found in each.found.values()]
    for number, line in enumerate(lines):
        say.step("" if number else "found again", line)
    if lines:
        say.more("They are taken in as they are, and everything else is made around them. An option that has changed")
        say.more("since then does not reach them by that: bring them back with the options of before, change it after.")
    for each in adoptions:
        if each.failed:
            say.more(f"The stack {each.stack}, whose making failed, is deleted before that; what it kept stays.")


def take_in(environment: Environment, adoptions: list[Adoption]) -> None:
    for each in adoptions:
        if each.failed:
            stacks.delete(environment, each.part)
            say.step("deleted", f"{each.part}: the stack whose making failed; what it kept stays")
        folder = _assembly(environment, each)
        mapping = folder / "mapping.json"
        mapping.write_text(json.dumps({logical: found.identifier for logical, found in each.found.items()}))
        # Where a stack stands, the CDK adds to its template of now; that all else is missing here is no change to it.
        force = ["--force"] if each.stands else []
        log = f"cdk-import-{each.part}"
        cdk.run(["import", each.stack, "--app", str(folder), "--resource-mapping", str(mapping), *force], log)
        _check(environment, each, log)
        say.step("taken in", f"{each.part}: {len(each.found)} of what was found again")


def _check(environment: Environment, adoption: Adoption, log: str) -> None:
    """The CDK can leave an import out, and end well."""
    status = stacks.status(environment, adoption.part)
    if status != DONE or not adoption.found.keys() <= stacks.named(environment, adoption.part):
        raise say.Stop(f"`cdk import` ended well and took not all in: the stack {adoption.stack} is "
                       f"{status or 'not there'}. Nothing was deployed; build/log/{log}.log has what it said.")


def _assembly(environment: Environment, adoption: Adoption) -> pathlib.Path:
    """A copy of what was synthesised, but for the archives, in which the stack is what was found and nothing else.

    An import may make nothing, and so nothing may be spoken of that is not there yet: a bucket waits for the policy
    of another one, for example. The deployment afterwards brings such order back, and changes no resource by it."""
    folder = environment.folder / "adopt.out"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(search.ASSEMBLY, folder, ignore=shutil.ignore_patterns("asset.*"))
    resources = search.template(folder, adoption.stack)["Resources"]
    only = {logical: {part: each for part, each in resources[logical].items() if part != "DependsOn"}
            for logical in adoption.found}
    search.file(folder, adoption.stack).write_text(json.dumps({"Resources": only}))
    return folder
