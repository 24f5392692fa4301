# SPDX-License-Identifier: Apache-2.0
"""The site as this environment's readers get it: with its own address, and the key that its pages post with."""

import subprocess

from . import cloud, files, invalidate, say, stacks, upload
from .environment import ROOT, Environment


def key_of(environment: Environment, site_key: str | None) -> str | None:
    """What the pages send in x-api-key: the gateway's where it asks for one, else the caller's, else none."""
    if environment.options["posting"] != "gateway-key":
        return site_key
    if site_key:
        raise say.Stop("--site-key is for options.posting own-key: this environment's key is the gateway's.",
                       say.WRONG_USE)
    key_id = stacks.expected(environment, "Api")["SiteKeyId"]
    return cloud.client("apigateway", environment.region).get_api_key(apiKey=key_id, includeValue=True)["value"]


def build(environment: Environment, address: str, key: str | None):
    folder = environment.folder / "site"
    words = ["node", ROOT / "site/build.mjs", folder, "--widget", ROOT / "widget/dist/palabre.js",
             "--base", address.rstrip("/")]
    built = subprocess.run(words + (["--api-key", key] if key else []), check=False,
                           capture_output=True, text=True, encoding="utf-8")
    if built.returncode != 0:
        raise say.Stop(f"The site cannot be built: {built.stderr.strip()}")
    say.step("site", f"{address}, {'with its key for posts' if key else 'without a key for posts'}")
    return folder


def publish(environment: Environment, site_key: str | None) -> tuple[dict[str, str], str | None]:
    """The outputs of the stack, and the key of the pages."""
    told = stacks.expected(environment, "Site")
    key = key_of(environment, site_key)
    folder = build(environment, told["Address"], key)
    brought = upload.bring(environment, files.read(folder))
    invalidate.run(told["DistributionId"], brought.changed + brought.removed, environment.region)
    return told, key
