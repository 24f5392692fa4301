# SPDX-License-Identifier: Apache-2.0
"""DynamoDB in two halves: items and tables in DynamoDB Local; what that does not have (tags, continuous
backups, policies of tables) in moto, whose twin of each table never holds an item."""

import json
from collections.abc import Callable

from werkzeug.wrappers import Response

from .answers import result
from .call import Call
from .dynamodb_local import DynamoDbLocal
from .exports import Exports

# Refused by DynamoDB Local as "not currently supported" or "unknown operation".
OF_THE_TWIN = {
    "TagResource",
    "UntagResource",
    "ListTagsOfResource",
    "DescribeContinuousBackups",
    "UpdateContinuousBackups",
    "PutResourcePolicy",
    "GetResourcePolicy",
    "DeleteResourcePolicy",
}


class Tables:
    def __init__(self, local: DynamoDbLocal, exports: Exports, moto: Callable[[Call], Response]) -> None:
        self._local, self._moto = local, moto
        self._exports = {
            "ExportTableToPointInTime": exports.begin,
            "DescribeExport": exports.describe,
            "ListExports": exports.list_all,
        }

    def answer(self, call: Call) -> Response:
        if call.operation in self._exports:
            return result(call, self._exports[call.operation](call))
        if call.operation in OF_THE_TWIN:
            return self._moto(call)
        answer = self._local.answer(call)
        if call.operation in ("CreateTable", "DeleteTable") and answer.status_code == 200:
            self._moto(_to_twin(call))
        return answer


def _to_twin(call: Call) -> Call:
    """Without the protection, which DynamoDB Local alone keeps."""
    asked = json.loads(call.body)
    asked.pop("DeletionProtectionEnabled", None)
    return Call(call.request, json.dumps(asked).encode(), call.service, call.region, call.access_key, call.model)
