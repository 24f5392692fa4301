# SPDX-License-Identifier: Apache-2.0
"""S3, after "Required permissions for Amazon S3 API operations"."""

from urllib.parse import unquote

from ..call import Call
from .need import Need, NoDerivation

OF_BUCKET = {
    "ListObjectsV2": "ListBucket",
    "ListObjects": "ListBucket",
    "HeadBucket": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "GetBucketLocation": "GetBucketLocation",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketVersioning": "GetBucketVersioning",
    "GetBucketPolicy": "GetBucketPolicy",
    "CreateBucket": "CreateBucket",
    "DeleteBucket": "DeleteBucket",
    "PutBucketPolicy": "PutBucketPolicy",
    "DeleteBucketPolicy": "DeleteBucketPolicy",
    "PutBucketVersioning": "PutBucketVersioning",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
}
OF_OBJECT = {
    "GetObject": "GetObject",
    "HeadObject": "GetObject",
    "GetObjectAcl": "GetObjectAcl",
    "GetObjectTagging": "GetObjectTagging",
    "PutObject": "PutObject",
    "PutObjectAcl": "PutObjectAcl",
    "PutObjectTagging": "PutObjectTagging",
    "DeleteObject": "DeleteObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
    "CompleteMultipartUpload": "PutObject",
    "AbortMultipartUpload": "AbortMultipartUpload",
    "ListParts": "ListMultipartUploadParts",
}
# With a versionId the right is another one.
OF_VERSION = {"GetObject": "GetObjectVersion", "HeadObject": "GetObjectVersion", "DeleteObject": "DeleteObjectVersion"}
# What a header of the same request asks besides.
ALSO = {
    "x-amz-acl": "PutObjectAcl",
    "x-amz-grant-full-control": "PutObjectAcl",
    "x-amz-grant-read": "PutObjectAcl",
    "x-amz-tagging": "PutObjectTagging",
    "x-amz-object-lock-mode": "PutObjectRetention",
    "x-amz-object-lock-legal-hold": "PutObjectLegalHold",
}
CONDITION_HEADERS = {"x-amz-acl": "s3:x-amz-acl", "Referer": "aws:Referer"}


def needs(call: Call) -> list[Need]:
    operation, asked = call.operation, call.parameters
    bucket = f"arn:aws:s3:::{asked.get('Bucket', '')}"
    context = {key: call.headers[header] for header, key in CONDITION_HEADERS.items() if header in call.headers}
    if operation in OF_BUCKET:
        return [Need(f"s3:{OF_BUCKET[operation]}", bucket, context)]
    if operation == "DeleteObjects":
        # AWS refuses each key apart; here one that may not go refuses them all.
        keys = [each["Key"] for each in asked["Delete"]["Objects"]]
        return [Need("s3:DeleteObject", f"{bucket}/{key}", context) for key in keys]
    if operation not in OF_OBJECT:
        raise NoDerivation(call)
    action = OF_VERSION.get(operation) if asked.get("VersionId") else OF_OBJECT[operation]
    if action is None:
        raise NoDerivation(call, " for one version")
    also = [name for header, name in ALSO.items() if header in call.headers and operation != "PutObjectAcl"]
    found = [Need(f"s3:{name}", f"{bucket}/{asked['Key']}", context) for name in dict.fromkeys([action, *also])]
    return found + _of_source(call, context)


def _of_source(call: Call, context: dict[str, str]) -> list[Need]:
    source = call.headers.get("x-amz-copy-source")
    if not source:
        return []
    place, _, version = source.partition("?versionId=")
    action = "GetObjectVersion" if version else "GetObject"
    return [Need(f"s3:{action}", f"arn:aws:s3:::{unquote(place).removeprefix('/')}", context)]
