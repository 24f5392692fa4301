# SPDX-License-Identifier: Apache-2.0
"""What a role may: each call, and what it asks besides, by the documents of the caller and of the resource."""
import unittest

from botocore.exceptions import ClientError

from localaws.services import ACCOUNT

from ..roles import allow, document, trust
from .case import BACKUPS, QUEUE_ARN, REGION, SITE, TABLE, TABLE_ARN, CloudCase


class JudgedTest(CloudCase):
    def test_a_table_and_its_indexes(self):
        ddb = self.with_role(
            "reads",
            allow(["dynamodb:GetItem", "dynamodb:PutItem"], TABLE_ARN),
            allow("dynamodb:Query", TABLE_ARN + "/index/*"),
        )("dynamodb")
        ddb.put_item(TableName=TABLE, Item={"id": {"S": "a"}, "sectionId": {"S": "s"}, "timestamp": {"S": "1"}})
        self.assertEqual(ddb.get_item(TableName=TABLE, Key={"id": {"S": "a"}})["Item"]["sectionId"], {"S": "s"})
        query = dict(
            TableName=TABLE, KeyConditionExpression="sectionId = :s", ExpressionAttributeValues={":s": {"S": "s"}}
        )
        self.assertEqual(ddb.query(IndexName="sections", **query)["Count"], 1)
        self.refused("AccessDeniedException", 400, ddb.query, **query)
        self.refused("AccessDeniedException", 400, ddb.scan, TableName=TABLE)
        self.refused("AccessDeniedException", 400, ddb.delete_table, TableName=TABLE)
        last = self.cloud.judged[-1]
        self.assertEqual((last.action, last.resource, last.allowed), ("dynamodb:DeleteTable", TABLE_ARN, False))
        self.assertEqual(last.principal, f"arn:aws:iam::{ACCOUNT}:role/reads")

    def test_each_part_of_a_transaction_is_asked(self):
        ddb = self.with_role("transacts", allow(["dynamodb:PutItem", "dynamodb:BatchGetItem"], TABLE_ARN))("dynamodb")
        put = {"Put": {"TableName": TABLE, "Item": {"id": {"S": "t"}}}}
        check = {
            "ConditionCheck": {
                "TableName": TABLE,
                "Key": {"id": {"S": "u"}},
                "ConditionExpression": "attribute_not_exists(id)",
            }
        }
        ddb.transact_write_items(TransactItems=[put])
        message = self.refused("AccessDeniedException", 400, ddb.transact_write_items, TransactItems=[put, check])
        self.assertIn("dynamodb:ConditionCheckItem", message)
        ddb.batch_get_item(RequestItems={TABLE: {"Keys": [{"id": {"S": "t"}}]}})
        self.refused(
            "AccessDeniedException",
            400,
            ddb.batch_write_item,
            RequestItems={TABLE: [{"DeleteRequest": {"Key": {"id": {"S": "t"}}}}]},
        )

    def test_parameters_by_path_and_by_name(self):
        self.cloud.client("ssm").put_parameter(Name="/palabre/local/limit", Value="3", Type="SecureString")
        below = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/palabre/local"
        ssm = self.with_role("settings", allow("ssm:GetParametersByPath", [below, below + "/*"]))("ssm")
        for path in ("/palabre/local", "/palabre/local/"):
            self.assertEqual(len(ssm.get_parameters_by_path(Path=path, WithDecryption=True)["Parameters"]), 1)
        self.refused("AccessDeniedException", 400, ssm.get_parameters_by_path, Path="/palabre")
        self.refused("AccessDeniedException", 400, ssm.get_parameter, Name="/palabre/local/limit")

    def test_objects_and_what_their_headers_ask_besides(self):
        s3 = self.with_role("writes", allow(["s3:PutObject", "s3:GetObject"], f"arn:aws:s3:::{BACKUPS}/palabre/*"))(
            "s3"
        )
        s3.put_object(Bucket=BACKUPS, Key="palabre/a b+c:é", Body=b"text")
        self.assertEqual(s3.get_object(Bucket=BACKUPS, Key="palabre/a b+c:é")["Body"].read(), b"text")
        denied = ("AccessDenied", 403)
        self.refused(*denied, s3.put_object, Bucket=BACKUPS, Key="else", Body=b"")
        self.refused(*denied, s3.put_object, Bucket=BACKUPS, Key="palabre/b", Body=b"", ACL="private")
        self.assertEqual(self.cloud.judged[-1].action, "s3:PutObjectAcl")
        self.refused(*denied, s3.list_objects_v2, Bucket=BACKUPS)
        self.refused(*denied, s3.get_object, Bucket=BACKUPS, Key="palabre/missing")
        self.refused(*denied, s3.delete_object, Bucket=BACKUPS, Key="palabre/a")
        self.refused(*denied, s3.delete_objects, Bucket=BACKUPS, Delete={"Objects": [{"Key": "palabre/a"}]})
        source = {"Bucket": SITE, "Key": "x"}
        self.refused(*denied, s3.copy_object, Bucket=BACKUPS, Key="palabre/c", CopySource=source)
        self.assertEqual(self.cloud.judged[-1].resource, f"arn:aws:s3:::{SITE}/x")

    def test_what_is_missing_is_told_to_those_who_may_list(self):
        bucket = f"arn:aws:s3:::{BACKUPS}"
        s3 = self.with_role("lists", allow("s3:GetObject", bucket + "/*"), allow("s3:ListBucket", bucket))("s3")
        self.refused("NoSuchKey", 404, s3.get_object, Bucket=BACKUPS, Key="palabre/missing")

    def test_uploads_in_parts(self):
        s3 = self.with_role("uploads", allow("s3:PutObject", f"arn:aws:s3:::{BACKUPS}/parts/*"))("s3")
        place = {"Bucket": BACKUPS, "Key": "parts/a"}
        upload = s3.create_multipart_upload(**place)["UploadId"]
        part = s3.upload_part(**place, UploadId=upload, PartNumber=1, Body=b"abc")
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        self.refused("AccessDenied", 403, s3.abort_multipart_upload, **place, UploadId=upload)
        s3.complete_multipart_upload(**place, UploadId=upload, MultipartUpload=parts)

    def test_the_policy_of_a_bucket_counts_on_both_sides(self):
        s3, admin = self.with_role("guest")("s3"), self.cloud.client("s3")
        admin.put_object(Bucket=SITE, Key="public", Body=b"x")
        self.refused("AccessDenied", 403, s3.get_object, Bucket=SITE, Key="public")
        everything = {"Principal": {"AWS": "*"}, "Resource": f"arn:aws:s3:::{SITE}/*"}
        insecure = {"Effect": "Deny", "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
        reading = {"Effect": "Allow", "Action": "s3:GetObject"}
        admin.put_bucket_policy(Bucket=SITE, Policy=document(insecure | everything, reading | everything))
        self.addCleanup(admin.delete_bucket_policy, Bucket=SITE)
        self.assertEqual(s3.get_object(Bucket=SITE, Key="public")["Body"].read(), b"x")
        secret = {"Effect": "Deny", "Action": "s3:GetObject"}
        admin.put_bucket_policy(Bucket=SITE, Policy=document(reading | everything, secret | everything))
        self.assertIn("explicit deny", self.refused("AccessDenied", 403, s3.get_object, Bucket=SITE, Key="public"))

    def test_services_that_call_others(self):
        functions = self.cloud.client("lambda")
        functions.create_function(
            FunctionName="answers",
            Runtime="provided.al2023",
            Handler="bootstrap",
            Code={"ZipFile": b"PK\5\6" + bytes(18)},  # an archive without members
            Role=self.make_role("runs", []),
        )
        api = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:abc"
        functions.add_permission(
            FunctionName="answers",
            StatementId="gateway",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=f"{api}/*",
        )
        asked = (
            "apigateway.amazonaws.com",
            "lambda:InvokeFunction",
            f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:answers",
        )
        self.assertTrue(self.cloud.allows(*asked, {"aws:SourceArn": f"{api}/live/GET/health"}))
        self.assertFalse(self.cloud.allows(*asked, {"aws:SourceArn": f"{api}2/live/GET/health"}))
        self.assertFalse(self.cloud.allows("scheduler.amazonaws.com", *asked[1:]))
        sends = [allow("sqs:SendMessage", QUEUE_ARN)]
        caller = self.make_role("calls", sends, trust(Service="scheduler.amazonaws.com"))
        self.assertTrue(self.cloud.allows(caller, "sqs:SendMessage", QUEUE_ARN))
        self.assertFalse(self.cloud.allows(caller, "sqs:ReceiveMessage", QUEUE_ARN))

    def test_the_rest_that_our_roles_ask(self):
        group = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/api:log-stream:*"
        as_role = self.with_role(
            "asks",
            allow("logs:CreateLogStream", group),
            allow("sqs:SendMessage", QUEUE_ARN),
            allow("lambda:GetAlias", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:api"),
            allow("cloudwatch:DescribeAlarms", f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:palabre-*"),
            allow("cloudwatch:PutMetricData", "*", Condition={"StringEquals": {"cloudwatch:namespace": "Palabre"}}),
            allow("cloudfront:CreateInvalidation", f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1"),
            allow("apigateway:GET", f"arn:aws:apigateway:{REGION}::/apikeys/k1"),
            allow("cloudformation:DescribeStacks", f"arn:aws:cloudformation:*:{ACCOUNT}:stack/Palabre-local-*"),
        )
        url = self.cloud.client("sqs").get_queue_url(QueueName="failed")["QueueUrl"]
        self.cloud.client("logs").create_log_group(logGroupName="/aws/lambda/api")
        as_role("logs").create_log_stream(logGroupName="/aws/lambda/api", logStreamName="2026/[1]a")
        as_role("sqs").send_message(QueueUrl=url, MessageBody="a")
        as_role("cloudwatch").describe_alarms(AlarmNames=["palabre-a"])
        data = {"MetricData": [{"MetricName": "a", "Value": 1}]}
        as_role("cloudwatch").put_metric_data(Namespace="Palabre", **data)
        refused, rest = (
            ("AccessDeniedException", 403),
            {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "a"},
        )
        self.refused("ResourceNotFoundException", 404, as_role("lambda").get_alias, FunctionName="api", Name="live")
        self.refused(*refused, as_role("lambda").get_alias, FunctionName="backup", Name="live")
        self.refused(*refused, as_role("lambda").list_functions)
        self.refused("NotFoundException", 404, as_role("apigateway").get_api_key, apiKey="k1")
        self.refused(*refused, as_role("apigateway").get_api_key, apiKey="k2")
        self.refused("AccessDeniedException", 400, as_role("sqs").receive_message, QueueUrl=url)
        self.refused("AccessDenied", 403, as_role("cloudformation").describe_stacks, StackName="Other")
        self.refused(
            "AccessDenied", 403, as_role("cloudfront").create_invalidation, DistributionId="E2", InvalidationBatch=rest
        )
        for call in (lambda c: c.put_metric_data(Namespace="Else", **data), lambda c: c.describe_alarms()):
            with self.assertRaises(ClientError) as caught:
                call(as_role("cloudwatch"))
            self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def test_a_policy_of_aws(self):
        reads = self.with_role("lookup", managed=["arn:aws:iam::aws:policy/ReadOnlyAccess"])
        reads("ssm").get_parameters_by_path(Path="/palabre/local")
        self.refused("AccessDeniedException", 400, reads("ssm").put_parameter, Name="/a", Value="b", Type="String")

    def test_what_nobody_said_which_rights_it_needs(self):
        may_all = self.with_role("everything", allow("*", "*"))
        message = self.refused("NotKnownHere", 501, may_all("dynamodb").execute_statement, Statement="SELECT * FROM a")
        self.assertIn("dynamodb ExecuteStatement", message)
        message = self.refused("NotKnownHere", 501, may_all("route53").list_health_checks)
        self.assertIn("route53 ListHealthChecks", message)


if __name__ == "__main__":
    unittest.main()
