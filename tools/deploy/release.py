# SPDX-License-Identifier: Apache-2.0
"""The alias of the function, which is what the gateway calls, and what is known of its versions.

CodeDeploy remembers from which version to which it moved the alias. It takes the word of CloudFormation for where
the alias stood, and CloudFormation does not hear of a rollback: so the function itself carries, in a tag, what was
taken back.
"""

import dataclasses
import json

import botocore.exceptions

from . import cloud, say
from .environment import Environment

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
        """Nothing, when we may not ask: a role that an older version of this deployed has no such right yet."""
        try:
            return self._lambda.list_tags(Resource=self._arn())["Tags"].get(TAKEN_BACK, "").split()
        except botocore.exceptions.ClientError as error:
            if not cloud.is_forbidden(error):
                raise
            return []

    def take_back(self, versions: list[str]) -> None:
        """Never again to be what a rollback goes to. Their numbers are not used again either."""
        known = [each for each in self.taken_back() if each not in versions] + versions
        tags = {TAKEN_BACK: " ".join(known[-TAKEN_BACK_MAX:])}
        try:
            self._lambda.tag_resource(Resource=self._arn(), Tags=tags)
        except botocore.exceptions.ClientError as error:
            if not cloud.is_forbidden(error):
                raise
            say.more(f"no right to write down in a tag of {self.function} that this was taken back")

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
