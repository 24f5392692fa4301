# SPDX-License-Identifier: Apache-2.0
"""ExportTableToPointInTime: the items of the real table, in the files that AWS writes ("DynamoDB table
export output format"). moto writes no manifests, and its arns are not of the form that policies name."""

import gzip
import hashlib
import json
import time
import uuid
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timezone

from ..policies import Request, Verdict
from . import ACCOUNT
from .answers import Refusal
from .call import Call
from .dynamodb_local import DynamoDbLocal
from .identities import identify
from .judge import EVERY_CALL, Judge
from .resource_policies import policy_on

# "Requesting a table export in DynamoDB": what the caller needs on the bucket, beside the export itself.
ON_THE_BUCKET = ("s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl")
FILE_ITEMS_MAX = 1000  # so that a test with a few thousand comments has several files, as a real table does


class Exports:
    def __init__(self, local: DynamoDbLocal, judge: Judge, client) -> None:
        self._local, self._judge, self._client = local, judge, client
        self._by_arn: dict[str, dict] = {}
        self._by_token: dict[str, str] = {}

    def begin(self, call: Call) -> dict:
        asked = call.parameters
        if asked.get("ClientToken") in self._by_token:
            return {"ExportDescription": self._by_arn[self._by_token[asked["ClientToken"]]]}
        self._need_recovery(call)
        made = self._description(asked)
        self._by_arn[made["ExportArn"]] = made
        self._by_token[asked.get("ClientToken") or made["ExportArn"]] = made["ExportArn"]
        begun = dict(made)
        # The table as it is now; told as done from the next look on, as an export is never done at once.
        made |= self._write(call, made)
        return {"ExportDescription": begun}

    def describe(self, call: Call) -> dict:
        arn = call.parameters["ExportArn"]
        if arn not in self._by_arn:
            raise Refusal("ExportNotFoundException", f"Export not found: {arn}")
        return {"ExportDescription": self._by_arn[arn]}

    def list_all(self, call: Call) -> dict:
        of = call.parameters.get("TableArn")
        found = [each for each in self._by_arn.values() if of in (None, each["TableArn"])]
        return {"ExportSummaries": [{"ExportArn": e["ExportArn"], "ExportStatus": e["ExportStatus"]} for e in found]}

    def _need_recovery(self, call: Call) -> None:
        table = call.parameters["TableArn"].split("/")[-1]
        told = self._client("dynamodb", call.region).describe_continuous_backups(TableName=table)
        recovery = told["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        if recovery["PointInTimeRecoveryStatus"] != "ENABLED":
            message = f"Point in time recovery is not enabled for table '{table}'"
            raise Refusal("PointInTimeRecoveryUnavailableException", message)

    def _description(self, asked: dict) -> dict:
        now = datetime.now(timezone.utc)
        identity = f"{int(time.time() * 1000):014d}-{uuid.uuid4().hex[:8]}"
        format_asked = asked.get("ExportFormat", "DYNAMODB_JSON")
        if format_asked != "DYNAMODB_JSON" or asked.get("ExportType", "FULL_EXPORT") != "FULL_EXPORT":
            raise NotImplementedError("exports other than full ones as DYNAMODB_JSON")
        return {
            "ExportArn": f"{asked['TableArn']}/export/{identity}",
            "ExportStatus": "IN_PROGRESS",
            "StartTime": now,
            "TableArn": asked["TableArn"],
            "TableId": str(uuid.uuid4()),
            "ExportTime": now,
            "ClientToken": asked.get("ClientToken"),
            "S3Bucket": asked["S3Bucket"],
            "S3BucketOwner": ACCOUNT,
            "S3Prefix": asked.get("S3Prefix"),
            "S3SseAlgorithm": asked.get("S3SseAlgorithm", "AES256"),
            "ExportFormat": format_asked,
            "ExportType": "FULL_EXPORT",
        }

    def _write(self, call: Call, made: dict) -> dict:
        folder = "/".join(filter(None, [made["S3Prefix"], "AWSDynamoDB", made["ExportArn"].split("/")[-1]]))
        if refused := self._refused(call, f"arn:aws:s3:::{made['S3Bucket']}/{folder}/"):
            # The code is not documented.
            return _ended("FAILED") | {"FailureCode": "S3AccessDenied", "FailureMessage": f"{refused} is not allowed"}
        s3 = self._client("s3", call.region)
        try:
            files = [self._write_file(s3, made["S3Bucket"], folder, each) for each in self._files(made["TableArn"])]
        except s3.exceptions.NoSuchBucket:
            return _ended("FAILED") | {"FailureCode": "S3NoSuchBucket", "FailureMessage": "There is no such bucket"}
        items = sum(each["itemCount"] for each in files)
        done = _ended("COMPLETED") | {"ItemCount": items, "BilledSizeBytes": 0, "ExportManifest": ""}
        done["ExportManifest"] = f"{folder}/manifest-summary.json"
        listed = "".join(json.dumps(each, separators=(",", ":")) + "\n" for each in files)
        _put_with_sum(s3, made["S3Bucket"], f"{folder}/manifest-files", listed)
        summary = _summary(made | done, folder, items)
        _put_with_sum(s3, made["S3Bucket"], f"{folder}/manifest-summary", json.dumps(summary))
        return done

    def _refused(self, call: Call, below: str) -> str | None:
        """DynamoDB writes with the rights of whoever asked."""
        caller = identify(call.access_key or "", call.token)
        if caller is None or caller.is_administrator:
            return None
        for action in ON_THE_BUCKET:
            request = Request(caller.arn, action, below + "data", EVERY_CALL)
            verdict = self._judge.verdict(request, caller.documents, policy_on(below))
            if verdict is not Verdict.ALLOWED:
                return action
        return None

    def _files(self, table_arn: str) -> Iterator[list[dict]]:
        """At least one, which may be empty; each of one page of a scan."""
        start = {}
        while True:
            page = self._local.ask("Scan", TableName=table_arn.split("/")[-1], Limit=FILE_ITEMS_MAX, **start)
            yield page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    @staticmethod
    def _write_file(s3, bucket: str, folder: str, items: list[dict]) -> dict:
        text = "".join(json.dumps({"Item": each}, separators=(",", ":")) + "\n" for each in items)
        body = gzip.compress(text.encode(), mtime=0)
        key = f"{folder}/data/{uuid.uuid4().hex}.json.gz"
        put = s3.put_object(Bucket=bucket, Key=key, Body=body)
        sum_of_body = b64encode(hashlib.md5(body).digest()).decode()
        return {
            "itemCount": len(items),
            "md5Checksum": sum_of_body,
            "etag": put["ETag"].strip('"'),
            "dataFileS3Key": key,
        }


def _ended(status: str) -> dict:
    return {"ExportStatus": status, "EndTime": datetime.now(timezone.utc)}


def _put_with_sum(s3, bucket: str, stem: str, text: str) -> None:
    s3.put_object(Bucket=bucket, Key=f"{stem}.json", Body=text.encode())
    s3.put_object(Bucket=bucket, Key=f"{stem}.md5", Body=b64encode(hashlib.md5(text.encode()).digest()))


def _summary(made: dict, folder: str, items: int) -> dict:
    return {
        "version": "2020-06-30",
        "exportArn": made["ExportArn"],
        "startTime": _time(made["StartTime"]),
        "endTime": _time(made["EndTime"]),
        "tableArn": made["TableArn"],
        "tableId": made["TableId"],
        "exportTime": _time(made["ExportTime"]),
        "s3Bucket": made["S3Bucket"],
        "s3Prefix": made["S3Prefix"],
        "s3SseAlgorithm": made["S3SseAlgorithm"],
        "s3SseKmsKeyId": None,
        "manifestFilesS3Key": f"{folder}/manifest-files.json",
        "billedSizeBytes": 0,
        "itemCount": items,
        "outputFormat": made["ExportFormat"],
        "exportType": "FULL_EXPORT",
    }


def _time(of: datetime) -> str:
    return of.isoformat(timespec="milliseconds").replace("+00:00", "Z")
