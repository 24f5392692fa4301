# SPDX-License-Identifier: Apache-2.0
"""One cloud for all files of this folder, and words to ask it as a role with rights of its own."""
import unittest

from botocore.exceptions import ClientError

from localaws.services import ACCOUNT
from localaws.services.cloud import HOME, Cloud

from ..clouds import cloud_with
from ..roles import LAMBDA, make_role

REGION = HOME
TABLE, SITE, BACKUPS = "Comments", "site-of-tests", "backups-of-tests"
TABLE_ARN = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
QUEUE_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:failed"


class CloudCase(unittest.TestCase):
    cloud: Cloud

    @classmethod
    def setUpClass(cls):
        cls.cloud = cloud_with(_prepare)

    def refused(self, code, status, call, *args, **kwargs):
        with self.assertRaises(ClientError) as caught:
            call(*args, **kwargs)
        answer = caught.exception.response
        told = (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"])
        self.assertEqual(told, (code, status), answer)
        return answer["Error"].get("Message", "")

    def with_role(self, name, *statements, **more):
        credentials = self.cloud.session(self.make_role(name, statements, **more), LAMBDA)
        return lambda service: self.cloud.client(service, credentials=credentials)

    def make_role(self, *words, **more):
        return make_role(self.cloud, *words, **more)


def create_table(cloud, name):
    index = [{"AttributeName": "sectionId", "KeyType": "HASH"}, {"AttributeName": "timestamp", "KeyType": "RANGE"}]
    return cloud.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=True,
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("id", "sectionId", "timestamp")],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[{"IndexName": "sections", "KeySchema": index, "Projection": {"ProjectionType": "ALL"}}],
        Tags=[{"Key": "palabre", "Value": "local"}],
    )


def _prepare(cloud):
    for bucket in (SITE, BACKUPS):
        cloud.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    create_table(cloud, TABLE)
    cloud.client("sqs").create_queue(QueueName="failed")
