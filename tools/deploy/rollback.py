# SPDX-License-Identifier: Apache-2.0
"""The function back to what really was live before, and not to the number below; never to what was taken back."""

import time

from . import say, stacks
from .environment import Environment
from .release import Move, Release

RUNNING = ["Created", "Queued", "InProgress", "Baking", "Ready"]
STOP_SECONDS = 300   # CodeDeploy needs some seconds to turn an alias back
PAUSE_SECONDS = 2
DONE = ["Succeeded"]


def run(environment: Environment) -> None:
    stacks.expected(environment, "Api")
    release = Release(environment)
    if running := release.moves(RUNNING):
        _stop(release, running[0])
        return
    version, shares = release.live()
    if shares:
        good = _settle(release, version, list(shares))
        say.step("rollback", f"{release.function}: version {', '.join(shares)} gets no share any more")
        say.more(f"version {good} has all requests again")
        return
    good = _settle(release, version, [version])
    say.step("rollback", f"{release.function}: from version {version} back to {good}, at once")
    say.more("The next ./deploy brings what the sources say, as always: mend them first.")


def warn(environment: Environment) -> None:
    """Before a canary, whose first minutes may bring back what CloudFormation believes to be live."""
    if stacks.outputs(environment, "Api") is None:
        return
    release = Release(environment)
    newest = str(release.versions()[-1])
    if newest in release.taken_back():
        say.more(f"Version {newest} was taken back, which CloudFormation does not know: while the new one is tried, "
                 f"{newest}")
        say.more("may have the other requests. If it does harm: --options '{\"release\":\"at-once\"}'.")


def _stop(release: Release, move: Move) -> None:
    """While a new version has its first tenth of the requests, the one before is still the alias's own."""
    say.step("rollback", f"{release.function}: version {move.after} is just going live; it is stopped")
    release.stop(move)
    deadline = time.monotonic() + STOP_SECONDS
    version, shares = release.live()
    while shares or version == move.after:
        if time.monotonic() > deadline:
            say.more("CodeDeploy did not turn the alias back in time; it is done here")
            break
        time.sleep(PAUSE_SECONDS)
        version, shares = release.live()
    # All at once, the alias stands at the new one already.
    before = move.before if version == move.after and move.before else version
    good = _settle(release, before, [move.after] if move.after else [])
    say.more(f"version {good} has all requests again")


def _settle(release: Release, version: str, bad: list[str]) -> str:
    """All requests to `version`, or to what was good before it where it is bad itself."""
    known = release.taken_back() + bad
    good = _before(release, version, known) if version in known else version
    if good is None:
        raise say.Stop(f"{release.function} is at version {version}, and no older one is there to go back to.")
    if release.live() != (good, {}):
        release.point_to(good)
    release.take_back(bad)
    return good


def _before(release: Release, version: str, bad: list[str]) -> str | None:
    """Where it came from; and where that came from, if it was taken back itself."""
    sought = version
    for move in release.moves(DONE):
        if move.after != sought or move.before in ("", sought):
            continue
        if move.before not in bad:
            return move.before
        sought = move.before
    older = [each for each in release.versions() if each < int(version) and str(each) not in bad]
    return str(older[-1]) if older else None
