# SPDX-License-Identifier: Apache-2.0
"""Brings a folder into the site's bucket: what is new or changed, and takes away what we once brought."""

import concurrent.futures
import dataclasses

from . import cloud, say
from .environment import Environment
from .files import File

# On each object of ours. What somebody else has put into the bucket carries none, and stays.
MARK = {"uploaded-by": "palabre-deploy"}
THREADS = 16          # a file takes some 50 ms to travel, nearly all of it waiting
DELETIONS_MAX = 1000  # that S3 takes in one request


@dataclasses.dataclass(frozen=True)
class Uploaded:
    changed: list[str]   # keys, new ones included
    removed: list[str]


class Bucket:
    def __init__(self, name: str, region: str):
        self._name = name
        self._s3 = cloud.client("s3", region)

    def etags(self) -> dict[str, str]:
        found, more = {}, {}
        while True:
            page = self._s3.list_objects_v2(Bucket=self._name, **more)
            found |= {each["Key"]: each["ETag"].strip('"') for each in page.get("Contents", [])}
            if not page.get("IsTruncated"):
                return found
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def head(self, key: str) -> dict:
        return self._s3.head_object(Bucket=self._name, Key=key)

    def put(self, file: File) -> None:
        with open(file.path, "rb") as body:
            self._s3.put_object(Bucket=self._name, Key=file.key, Body=body, ContentMD5=file.md5_header,
                                ContentType=file.content_type, CacheControl=file.cache_control, Metadata=MARK)

    def remove(self, keys: list[str]) -> None:
        for start in range(0, len(keys), DELETIONS_MAX):
            named = [{"Key": key} for key in keys[start:start + DELETIONS_MAX]]
            answer = self._s3.delete_objects(Bucket=self._name, Delete={"Objects": named, "Quiet": True})
            if answer.get("Errors"):
                first = answer["Errors"][0]
                raise say.Stop(f"{first['Key']} cannot be removed: {first.get('Message', first.get('Code'))}")


def bring(environment: Environment, files: list[File]) -> Uploaded:
    """Pages come after what they load, and what is gone goes last: nobody sees half of a change."""
    bucket = Bucket(environment.names["siteBucket"], environment.region)
    there = bucket.etags()
    own = {file.key for file in files}
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        same = pool.map(lambda file: _same(bucket, file, there), files)
        stale = [file for file, known in zip(files, same) if not known]
        for wave in ([file for file in stale if not file.is_page], [file for file in stale if file.is_page]):
            list(pool.map(bucket.put, wave))   # list: a failure is raised here
        strangers = sorted(set(there) - own)
        removed = [key for key, ours in zip(strangers, pool.map(lambda key: _ours(bucket, key), strangers)) if ours]
    bucket.remove(removed)
    foreign = len(strangers) - len(removed)
    say.step("upload", f"{len(stale)} of {len(files)} files were new or changed, {len(removed)} removed"
             + (f"; {foreign} in the bucket are not ours, and stay" if foreign else ""))
    return Uploaded([file.key for file in stale], removed)


def _same(bucket: Bucket, file: File, there: dict[str, str]) -> bool:
    if there.get(file.key) != file.etag:
        return False
    head = bucket.head(file.key)
    return (head["ContentType"], head.get("CacheControl")) == (file.content_type, file.cache_control) \
        and head["Metadata"] == MARK


def _ours(bucket: Bucket, key: str) -> bool:
    return bucket.head(key)["Metadata"].items() >= MARK.items()
