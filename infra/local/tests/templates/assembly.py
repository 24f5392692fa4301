# SPDX-License-Identifier: Apache-2.0
"""What `cdk synth` wrote: templates in the order of their deployment, and the files that they speak of."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator

from botocore.exceptions import ClientError


@dataclass(frozen=True)
class Template:
    name: str
    region: str
    body: dict
    files: dict[str, Path]  # by their keys in the bucket of assets


def templates(folder: Path) -> Iterator[Template]:
    """Those that others need come first, as the manifest has them."""
    artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
    for name, artifact in artifacts.items():
        if artifact["type"] != "aws:cloudformation:stack":
            continue
        file = artifact["properties"]["templateFile"]
        region = artifact["environment"].rsplit("/", 1)[1]
        assets = json.loads((folder / f"{name}.assets.json").read_text())["files"]
        files = {key: folder / each["source"]["path"] for each in assets.values()
                 for key in {where["objectKey"] for where in each["destinations"].values()}
                 if not each["source"]["path"].endswith(".template.json")}
        yield Template(name, region, json.loads((folder / file).read_text()), files)


def publish(template: Template, account: str, client: Callable[[str, str], Any]) -> None:
    """Puts the files where the template will look for them."""
    s3, bucket = client("s3", template.region), assets_bucket(account, template.region)
    for key, file in template.files.items():
        try:
            s3.head_object(Bucket=bucket, Key=key)  # named by its content: once is enough
        except ClientError:
            s3.put_object(Bucket=bucket, Key=key, Body=file.read_bytes())


def assets_bucket(account: str, region: str) -> str:
    return f"cdk-hnb659fds-assets-{account}-{region}"
