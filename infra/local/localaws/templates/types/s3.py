# SPDX-License-Identifier: Apache-2.0
from ..errors import CannotUpdate
from ..given import Given
from ..handler import Handler, Made, Place, Put
from ..stack import Resource


class Bucket(Handler):
    fixed = frozenset({"BucketName", "ObjectLockEnabled"})

    def create(self, place: Place, given: Given) -> Made:
        name = given.take("BucketName", None) or place.name(63).lower()
        wanted = {"Bucket": name}
        if given.take("ObjectLockEnabled", False):
            wanted["ObjectLockEnabledForBucket"] = True
        if place.region != "us-east-1":  # which is where a bucket is when nothing is said, and must not be named
            wanted["CreateBucketConfiguration"] = {"LocationConstraint": place.region}
        place.client("s3").create_bucket(**wanted)
        for setting, how in _SETTINGS.items():
            if (value := given.take(setting, None)) is not None:
                how(place, name, value)
        return _made(place, name)

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        name = identifier["BucketName"]
        place.client("s3").head_bucket(Bucket=name)
        return _made(place, name)

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        for fixed in self.fixed:
            given.take(fixed, None)
        for setting, how in _SETTINGS.items():
            value, old = given.take(setting, None), before.properties.get(setting)
            if value is None and old is not None:
                raise CannotUpdate(f"{setting} of a bucket cannot be taken away")
            if value != old:
                how(place, before.ref, value)
        return Made(before.ref, before.attributes)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("s3").delete_bucket(Bucket=resource.ref)


def _made(place: Place, name: str) -> Made:
    return Made(name, {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{place.region}.amazonaws.com",
    })


class BucketPolicy(Put):
    fixed = frozenset({"Bucket"})

    def create(self, place: Place, given: Given) -> Made:
        bucket = given.take("Bucket")
        place.send("s3", "put_bucket_policy", {"Bucket": bucket, "Policy": given.take("PolicyDocument")})
        return Made(bucket)

    def delete(self, place: Place, resource: Resource) -> None:
        place.client("s3").delete_bucket_policy(Bucket=resource.ref)


def _encryption(place: Place, bucket: str, value: dict) -> None:
    given = Given(value, "BucketEncryption.")
    rules = given.take("ServerSideEncryptionConfiguration")
    given.done()
    place.send("s3", "put_bucket_encryption",
               {"Bucket": bucket, "ServerSideEncryptionConfiguration": {"Rules": rules}},
               names={"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"})


def _lifecycle(place: Place, bucket: str, value: dict) -> None:
    given = Given(value, "LifecycleConfiguration.")
    rules = [_rule(each) for each in given.parts("Rules")]
    given.done()
    place.send("s3", "put_bucket_lifecycle_configuration",
               {"Bucket": bucket, "LifecycleConfiguration": {"Rules": rules}}, names={"TransitionInDays": "Days"})


def _rule(given: Given) -> dict:
    days = given.take("ExpirationInDays", None)
    expiration = {} if days is None else {"Expiration": {"Days": days}}
    # The API wants to hear what a rule is about, even if it is everything.
    return {"Filter": {"Prefix": given.take("Prefix", "")}, **expiration, **given.rest()}


def _logging(place: Place, bucket: str, value: dict) -> None:
    place.send("s3", "put_bucket_logging", {"Bucket": bucket, "BucketLoggingStatus": {"LoggingEnabled": value}},
               names={"DestinationBucketName": "TargetBucket", "LogFilePrefix": "TargetPrefix"})


def _versioning(place: Place, bucket: str, value: dict) -> None:
    place.send("s3", "put_bucket_versioning", {"Bucket": bucket, "VersioningConfiguration": value})


def _lock(place: Place, bucket: str, value: dict) -> None:
    place.send("s3", "put_object_lock_configuration", {"Bucket": bucket, "ObjectLockConfiguration": value})


def _owner(place: Place, bucket: str, value: dict) -> None:
    place.send("s3", "put_bucket_ownership_controls", {"Bucket": bucket, "OwnershipControls": value})


def _closed(place: Place, bucket: str, value: dict) -> None:
    place.send("s3", "put_public_access_block", {"Bucket": bucket, "PublicAccessBlockConfiguration": value})


def _tags(place: Place, bucket: str, value: list) -> None:
    place.send("s3", "put_bucket_tagging", {"Bucket": bucket, "Tagging": {"TagSet": value}})


# In this order: a lock wants versions.
_SETTINGS = {
    "OwnershipControls": _owner,
    "PublicAccessBlockConfiguration": _closed,
    "VersioningConfiguration": _versioning,
    "ObjectLockConfiguration": _lock,
    "BucketEncryption": _encryption,
    "LifecycleConfiguration": _lifecycle,
    "LoggingConfiguration": _logging,
    "Tags": _tags,
}

HANDLERS = {"AWS::S3::Bucket": Bucket(), "AWS::S3::BucketPolicy": BucketPolicy()}
