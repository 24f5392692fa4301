# SPDX-License-Identifier: Apache-2.0
"""The function back to the version that was live before: its alias is what the gateway calls.

CodeDeploy remembers from which version to which it moved the alias, so that we go back to what really was
live, and not to the number below. It takes the word of CloudFormation for where the alias stood, and
CloudFormation does not hear of a rollback: so the function itself carries, in a tag, what was taken back.
"""

import dataclasses
import json
import time

from . import cloud, say, stacks
from .environment import Environment

RUNNING = ["Created", "Queued", "InProgress", "Baking", "Ready"]
STOP_SECONDS = 300   # CodeDeploy needs some seconds to turn an alias back
PAUSE_SECONDS = 2

TAKEN_BACK = "palabre:taken-back"   # version numbers, the newest last
# A tag's value holds 256 characters; a version that is twenty rollbacks old is nowhere near.
TAKEN_BACK_MAX = 20


@dataclasses.dataclass(frozen=True)
class Move:
    """One deployment of CodeDeploy."""
    id: str
    before: str
    after: str
    status: str


class Release:
    """The alias of one function, and the deployments that moved it."""

    def __init__(self, environment: Environment):
        names = environment.names
        self.function, self.alias = names["apiFunction"], names["alias"]
        self._group = {"applicationName": names["deploymentApplication"], "deploymentGroupName": names["apiFunction"]}
        self._lambda = cloud.client("lambda", environment.region)
        self._codedeploy = cloud.client("codedeploy", environment.region)

    def live(self) -> tuple[str, dict]:
        """The version, and what gets a share of the requests beside it."""
        found = self._lambda.get_alias(FunctionName=self.function, Name=self.alias)
        return found["FunctionVersion"], found.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})

    def moves(self, statuses: list[str]):
        """The newest first."""
        listed = self._codedeploy.list_deployments(**self._group, includeOnlyStatuses=statuses)["deployments"]
        told = [self._codedeploy.get_deployment(deploymentId=each)["deploymentInfo"] for each in listed]
        return [_move(each) for each in sorted(told, key=lambda each: each["createTime"], reverse=True)]

    def stop(self, move: Move) -> None:
        self._codedeploy.stop_deployment(deploymentId=move.id, autoRollbackEnabled=True)

    def versions(self) -> list[int]:
        found, more = [], {}
        while True:
            page = self._lambda.list_versions_by_function(FunctionName=self.function, **more)
            found += [int(each["Version"]) for each in page["Versions"] if each["Version"] != "$LATEST"]
            if not page.get("NextMarker"):
                return sorted(found)
            more = {"Marker": page["NextMarker"]}

    def taken_back(self) -> list[str]:
        return self._lambda.list_tags(Resource=self._arn())["Tags"].get(TAKEN_BACK, "").split()

    def take_back(self, version: str) -> None:
        """Never again to be what a rollback goes to. Its number is not used again either."""
        known = [each for each in self.taken_back() if each != version] + [version]
        self._lambda.tag_resource(Resource=self._arn(), Tags={TAKEN_BACK: " ".join(known[-TAKEN_BACK_MAX:])})

    def _arn(self) -> str:
        return self._lambda.get_alias(FunctionName=self.function, Name=self.alias)["AliasArn"].rpartition(":")[0]

    def point_to(self, version: str) -> None:
        self._lambda.update_alias(FunctionName=self.function, Name=self.alias, FunctionVersion=version,
                                  RoutingConfig={"AdditionalVersionWeights": {}})


def _move(told: dict) -> Move:
    # CodeDeploy's API has two forms for what it was told of an alias, and says of neither that it is the one.
    revision = told.get("revision", {})
    content = (revision.get("appSpecContent") or revision.get("string") or {}).get("content")
    resources = json.loads(content)["Resources"] if content else []
    properties = next((each["Properties"] for entry in resources for each in entry.values()), {})
    return Move(told["deploymentId"], str(properties.get("CurrentVersion", "")),
                str(properties.get("TargetVersion", "")), told["status"])


def run(environment: Environment) -> None:
    stacks.expected(environment, "Api")
    release = Release(environment)
    if running := release.moves(RUNNING):
        _stop(release, running[0])
        return
    version, shares = release.live()
    if shares:
        release.point_to(version)
        for each in shares:
            release.take_back(each)
        say.step("rollback", f"{release.function}: version {', '.join(shares)} gets no share any more")
        say.more(f"version {version} has all requests again")
        return
    before = _before(release, version)
    if before is None:
        raise say.Stop(f"{release.function} is at version {version}, and no older one is there to go back to.")
    release.point_to(before)
    release.take_back(version)
    say.step("rollback", f"{release.function}: from version {version} back to {before}, at once")
    say.more("The next ./deploy brings what the sources say, as always: mend them first.")


def _stop(release: Release, move: Move) -> None:
    """While a new version has its first tenth of the requests, the one before is still the alias's own."""
    say.step("rollback", f"{release.function}: version {move.after} is just going live; it is stopped")
    release.stop(move)
    release.take_back(move.after)
    deadline = time.monotonic() + STOP_SECONDS
    while release.live() != (move.before, {}):
        if time.monotonic() > deadline:
            say.more("CodeDeploy did not turn the alias back in time; it is done here")
            release.point_to(move.before)
            return
        time.sleep(PAUSE_SECONDS)
    say.more(f"version {move.before} has all requests again")


def _before(release: Release, version: str) -> str | None:
    """Where it came from; and where that came from, if it was taken back itself."""
    bad, sought = release.taken_back(), version
    for move in release.moves(["Succeeded"]):
        if move.after != sought or move.before in ("", sought):
            continue
        if move.before not in bad:
            return move.before
        sought = move.before
    older = [each for each in release.versions() if each < int(version) and str(each) not in bad]
    return str(older[-1]) if older else None
