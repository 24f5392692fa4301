# SPDX-License-Identifier: Apache-2.0
"""DynamoDB in its two halves, and exports of a table as AWS writes them."""
import gzip
import hashlib
import json
import unittest
from base64 import b64decode, b64encode

from localaws.services import ACCOUNT

from ..roles import allow
from .case import BACKUPS, REGION, CloudCase, create_table


class TablesTest(CloudCase):
    def test_what_both_halves_know_of_a_table(self):
        made = create_table(self.cloud, "Halves")["TableDescription"]
        arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Halves"
        self.assertEqual(made["TableArn"], arn)
        ddb = self.cloud.client("dynamodb")
        ddb.update_time_to_live(
            TableName="Halves", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
        )
        ddb.update_continuous_backups(
            TableName="Halves", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        told = ddb.describe_time_to_live(TableName="Halves")["TimeToLiveDescription"]
        self.assertEqual(told, {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})
        told = ddb.describe_continuous_backups(TableName="Halves")["ContinuousBackupsDescription"]
        self.assertEqual(told["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"], "ENABLED")
        self.assertEqual(ddb.list_tags_of_resource(ResourceArn=arn)["Tags"], [{"Key": "palabre", "Value": "local"}])
        self.assertTrue(ddb.describe_table(TableName="Halves")["Table"]["DeletionProtectionEnabled"])
        self.refused("ValidationException", 400, ddb.delete_table, TableName="Halves")
        ddb.update_table(TableName="Halves", DeletionProtectionEnabled=False)
        ddb.delete_table(TableName="Halves")
        self.refused("ResourceNotFoundException", 400, ddb.describe_table, TableName="Halves")
        create_table(self.cloud, "Halves")

    def test_an_export_holds_what_was_written(self):
        create_table(self.cloud, "Exported")
        ddb, arn = self.cloud.client("dynamodb"), f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Exported"
        for number in range(3):
            ddb.put_item(TableName="Exported", Item={"id": {"S": str(number)}, "text": {"S": "é\n"}})
        asked = {"TableArn": arn, "S3Bucket": BACKUPS, "S3Prefix": "exports", "ClientToken": "once"}
        self.refused("PointInTimeRecoveryUnavailableException", 400, ddb.export_table_to_point_in_time, **asked)
        ddb.update_continuous_backups(
            TableName="Exported", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        begun = ddb.export_table_to_point_in_time(**asked)["ExportDescription"]
        self.assertEqual(begun["ExportStatus"], "IN_PROGRESS")
        self.assertRegex(begun["ExportArn"], f"^{arn}/export/[0-9]+-[0-9a-f]+$")
        again = ddb.export_table_to_point_in_time(**asked)["ExportDescription"]
        self.assertEqual(again["ExportArn"], begun["ExportArn"])
        done = ddb.describe_export(ExportArn=begun["ExportArn"])["ExportDescription"]
        self.assertEqual((done["ExportStatus"], done["ItemCount"]), ("COMPLETED", 3))
        items = [json.loads(line)["Item"] for line in self.lines_of(done["ExportManifest"])]
        self.assertEqual(sorted(each["id"]["S"] for each in items), ["0", "1", "2"])
        self.assertEqual(items[0]["text"], {"S": "é\n"})

    def lines_of(self, manifest):
        summary = json.loads(self.checked(manifest))
        for line in self.checked(summary["manifestFilesS3Key"]).splitlines():
            file = json.loads(line)
            packed = self.read(file["dataFileS3Key"])
            self.assertEqual(b64decode(file["md5Checksum"]), hashlib.md5(packed).digest())
            lines = gzip.decompress(packed).splitlines()
            self.assertEqual(len(lines), file["itemCount"])
            yield from lines

    def checked(self, key):
        text = self.read(key)
        self.assertEqual(self.read(key.removesuffix(".json") + ".md5"), b64encode(hashlib.md5(text).digest()))
        return text

    def read(self, key):
        return self.cloud.client("s3").get_object(Bucket=BACKUPS, Key=key)["Body"].read()

    def test_an_export_writes_with_the_rights_of_its_caller(self):
        create_table(self.cloud, "Guarded")
        self.cloud.client("dynamodb").update_continuous_backups(
            TableName="Guarded", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Guarded"
        ours = [allow("dynamodb:ExportTableToPointInTime", arn), allow("dynamodb:DescribeExport", arn + "/export/*")]
        without_acl = allow(["s3:AbortMultipartUpload", "s3:PutObject"], f"arn:aws:s3:::{BACKUPS}/palabre/*")
        asked = {"TableArn": arn, "S3Bucket": BACKUPS, "S3Prefix": "palabre/x"}
        for name, more, status in (
            ("exports-without", without_acl, "FAILED"),
            ("exports", without_acl | {"Action": [*without_acl["Action"], "s3:PutObjectAcl"]}, "COMPLETED"),
        ):
            with self.subTest(name):
                ddb = self.with_role(name, *ours, more)("dynamodb")
                begun = ddb.export_table_to_point_in_time(**asked)["ExportDescription"]["ExportArn"]
                self.assertEqual(ddb.describe_export(ExportArn=begun)["ExportDescription"]["ExportStatus"], status)


if __name__ == "__main__":
    unittest.main()
