# SPDX-License-Identifier: Apache-2.0
"""The front as an SDK sees it: who is let through, with what words the others are refused, and what
DynamoDB Local and moto answer together. One cloud for all tests: it takes two seconds to start."""

import gzip
import hashlib
import json
import unittest
from base64 import b64decode, b64encode, urlsafe_b64encode
from urllib.request import urlopen

from botocore.exceptions import ClientError

from localaws.services.cloud import Cloud

ACCOUNT, REGION = "123456789012", "eu-west-3"
TABLE, SITE, BACKUPS = "Comments", "site-of-tests", "backups-of-tests"
TABLE_ARN = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
QUEUE_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:failed"
LAMBDA = "lambda.amazonaws.com"


def setUpModule():
    global cloud
    cloud = Cloud()
    for bucket in (SITE, BACKUPS):
        cloud.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    create_table(TABLE)
    cloud.client("sqs").create_queue(QueueName="failed")


def tearDownModule():
    cloud.stop()


def create_table(name):
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


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource} | more


def trust(**principal):
    action = "sts:AssumeRoleWithWebIdentity" if "Federated" in principal else "sts:AssumeRole"
    return {"Effect": "Allow", "Action": action, "Principal": principal}


def make_role(name, statements, trusted=None, managed=()):
    iam = cloud.client("iam")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trusted or trust(Service=LAMBDA)))
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))
    for arn in managed:
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    return role["Role"]["Arn"]


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


class CloudTest(unittest.TestCase):
    def refused(self, code, status, call, *args, **kwargs):
        with self.assertRaises(ClientError) as caught:
            call(*args, **kwargs)
        answer = caught.exception.response
        told = (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"])
        self.assertEqual(told, (code, status), answer)
        return answer["Error"].get("Message", "")

    def with_role(self, name, *statements, **more):
        credentials = cloud.session(make_role(name, statements, **more), LAMBDA)
        return lambda service: cloud.client(service, credentials=credentials)


class KeysTest(CloudTest):
    def test_a_key_that_nobody_has(self):
        stranger = {"AccessKeyId": "AKIANOBODY", "SecretAccessKey": "s"}
        asked = {
            "s3": ("InvalidAccessKeyId", 403, "list_buckets"),
            "dynamodb": ("UnrecognizedClientException", 400, "list_tables"),
            "sts": ("InvalidClientTokenId", 403, "get_caller_identity"),
            "apigateway": ("UnrecognizedClientException", 403, "get_rest_apis"),
        }
        for service, (code, status, call) in asked.items():
            with self.subTest(service):
                self.refused(code, status, getattr(cloud.client(service, credentials=stranger), call))

    def test_a_known_key_with_another_secret(self):
        forged = cloud.administrator | {"SecretAccessKey": "guessed"}
        forger = lambda service: cloud.client(service, credentials=forged)
        self.refused("SignatureDoesNotMatch", 403, forger("s3").list_buckets)
        self.refused("InvalidSignatureException", 400, forger("ssm").get_parameter, Name="/a")
        self.refused("InvalidSignatureException", 403, forger("lambda").list_functions)

    def test_a_session_without_its_token(self):
        session = cloud.session(make_role("tokenless", [allow("*", "*")]), LAMBDA)
        del session["SessionToken"]
        self.refused("UnrecognizedClientException", 400, cloud.client("dynamodb", credentials=session).list_tables)

    def test_only_whom_it_trusts_gets_a_role(self):
        role = make_role("trusting", [])
        with self.assertRaises(PermissionError):
            cloud.session(role, "scheduler.amazonaws.com")
        own = trust(Service="scheduler.amazonaws.com") | {"Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}}
        role = make_role("conditional", [], own)
        with self.assertRaises(PermissionError):
            cloud.session(role, "scheduler.amazonaws.com")
        self.assertIn("SessionToken", cloud.session(role, "scheduler.amazonaws.com", {"aws:SourceAccount": ACCOUNT}))

    def test_a_role_assumes_what_trusts_its_account_and_what_it_may(self):
        first, second = (make_role(f"deploys-{n}", [], trust(AWS=ACCOUNT)) for n in (1, 2))
        sts = self.with_role("assumes-one", allow("sts:AssumeRole", first))("sts")
        assumed = sts.assume_role(RoleArn=first, RoleSessionName="tests")["Credentials"]
        self.refused("AccessDenied", 403, sts.assume_role, RoleArn=second, RoleSessionName="tests")
        me = cloud.client(
            "sts", credentials={k: assumed[k] for k in ("AccessKeyId", "SecretAccessKey", "SessionToken")}
        )
        self.assertEqual(me.get_caller_identity()["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/deploys-1/tests")

    def test_a_role_that_trusts_nobody_of_the_account(self):
        closed = make_role("closed", [])
        sts = self.with_role("assumes-all", allow("sts:AssumeRole", "*"))("sts")
        self.refused("AccessDenied", 403, sts.assume_role, RoleArn=closed, RoleSessionName="tests")

    def test_web_identities_by_their_claims(self):
        issuer = "token.actions.githubusercontent.com"
        wanted = {"StringEquals": {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": "repo:ines/a:environment:b"}}
        federated = trust(Federated=f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}") | {"Condition": wanted}
        role = make_role("github", [], federated)

        def assume(sub):
            claims = {"iss": f"https://{issuer}", "aud": "sts.amazonaws.com", "sub": sub}
            parts = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims)]
            sts = cloud.client("sts")
            return sts.assume_role_with_web_identity(
                RoleArn=role, RoleSessionName="tests", WebIdentityToken=".".join([*parts, ""])
            )

        self.assertIn("SessionToken", assume("repo:ines/a:environment:b")["Credentials"])
        self.refused("AccessDenied", 403, assume, "repo:ines/fork:environment:b")


class JudgedTest(CloudTest):
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
        last = cloud.judged[-1]
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
        cloud.client("ssm").put_parameter(Name="/palabre/local/limit", Value="3", Type="SecureString")
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
        self.assertEqual(cloud.judged[-1].action, "s3:PutObjectAcl")
        self.refused(*denied, s3.list_objects_v2, Bucket=BACKUPS)
        self.refused(*denied, s3.get_object, Bucket=BACKUPS, Key="palabre/missing")
        self.refused(*denied, s3.delete_object, Bucket=BACKUPS, Key="palabre/a")
        self.refused(*denied, s3.delete_objects, Bucket=BACKUPS, Delete={"Objects": [{"Key": "palabre/a"}]})
        source = {"Bucket": SITE, "Key": "x"}
        self.refused(*denied, s3.copy_object, Bucket=BACKUPS, Key="palabre/c", CopySource=source)
        self.assertEqual(cloud.judged[-1].resource, f"arn:aws:s3:::{SITE}/x")

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
        s3, admin = self.with_role("guest")("s3"), cloud.client("s3")
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
        functions = cloud.client("lambda")
        functions.create_function(
            FunctionName="answers",
            Runtime="provided.al2023",
            Handler="bootstrap",
            Code={"ZipFile": b"PK\5\6" + bytes(18)},  # an archive without members
            Role=make_role("runs", []),
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
        self.assertTrue(cloud.allows(*asked, {"aws:SourceArn": f"{api}/live/GET/health"}))
        self.assertFalse(cloud.allows(*asked, {"aws:SourceArn": f"{api}2/live/GET/health"}))
        self.assertFalse(cloud.allows("scheduler.amazonaws.com", *asked[1:]))
        caller = make_role("calls", [allow("sqs:SendMessage", QUEUE_ARN)], trust(Service="scheduler.amazonaws.com"))
        self.assertTrue(cloud.allows(caller, "sqs:SendMessage", QUEUE_ARN))
        self.assertFalse(cloud.allows(caller, "sqs:ReceiveMessage", QUEUE_ARN))

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
        url = cloud.client("sqs").get_queue_url(QueueName="failed")["QueueUrl"]
        cloud.client("logs").create_log_group(logGroupName="/aws/lambda/api")
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


class TablesTest(CloudTest):
    def test_what_both_halves_know_of_a_table(self):
        made = create_table("Halves")["TableDescription"]
        arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Halves"
        self.assertEqual(made["TableArn"], arn)
        ddb = cloud.client("dynamodb")
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
        create_table("Halves")

    def test_an_export_holds_what_was_written(self):
        create_table("Exported")
        ddb, arn = cloud.client("dynamodb"), f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/Exported"
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
        return cloud.client("s3").get_object(Bucket=BACKUPS, Key=key)["Body"].read()

    def test_an_export_writes_with_the_rights_of_its_caller(self):
        create_table("Guarded")
        cloud.client("dynamodb").update_continuous_backups(
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


class GapsTest(CloudTest):
    def test_policies_of_cloudfront_can_be_read_back(self):
        front = cloud.client("cloudfront")
        cors = {"AccessControlAllowCredentials": False, "OriginOverride": True}
        for what in ("AccessControlAllowHeaders", "AccessControlAllowMethods", "AccessControlAllowOrigins"):
            cors[what] = {"Quantity": 1, "Items": ["*" if what != "AccessControlAllowMethods" else "GET"]}
        none = {"HeaderBehavior": "none"}
        configs = {
            "cache_policy": {"Name": "a", "MinTTL": 0, "MaxTTL": 60, "DefaultTTL": 5},
            "origin_request_policy": {
                "Name": "a",
                "HeadersConfig": none,
                "CookiesConfig": {"CookieBehavior": "none"},
                "QueryStringsConfig": {"QueryStringBehavior": "all"},
            },
            "response_headers_policy": {"Name": "a", "CorsConfig": cors},
        }
        for snake, config in configs.items():
            with self.subTest(snake):
                kind = "".join(part.capitalize() for part in snake.split("_"))
                made = getattr(front, f"create_{snake}")(**{f"{kind}Config": config})
                identity = made[kind]["Id"]
                self.refused(
                    f"{kind}AlreadyExists", 409, getattr(front, f"create_{snake}"), **{f"{kind}Config": config}
                )
                read = getattr(front, f"get_{snake}")(Id=identity)
                self.assertEqual(read[kind][f"{kind}Config"], config)
                changed = config | {"Comment": "b"}
                update = getattr(front, f"update_{snake}")
                self.refused("PreconditionFailed", 412, update, Id=identity, IfMatch="no", **{f"{kind}Config": changed})
                update(Id=identity, IfMatch=read["ETag"], **{f"{kind}Config": changed})
                current = getattr(front, f"get_{snake}_config")(Id=identity)
                self.assertEqual(current[f"{kind}Config"], changed)
                getattr(front, f"delete_{snake}")(Id=identity, IfMatch=current["ETag"])
                self.refused(f"NoSuch{kind}", 404, getattr(front, f"get_{snake}"), Id=identity)

    def test_a_distribution_is_read_back_as_it_was_sent(self):
        front, origins = cloud.client("cloudfront"), []
        for name in ("one", "two"):
            s3 = {"S3OriginConfig": {"OriginAccessIdentity": ""}, "OriginAccessControlId": "E1"}
            origins.append({"Id": name, "DomainName": f"{name}.s3.amazonaws.com"} | s3)
        codes = {"StatusCodes": {"Quantity": 1, "Items": [404]}}
        members = {"Quantity": 2, "Items": [{"OriginId": "one"}, {"OriginId": "two"}]}
        behavior = {"TargetOriginId": "both", "ViewerProtocolPolicy": "https-only", "ResponseHeadersPolicyId": "r1"}
        config = {
            "CallerReference": "a",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 2, "Items": origins},
            "OriginGroups": {"Quantity": 1, "Items": [{"Id": "both", "FailoverCriteria": codes, "Members": members}]},
            "DefaultCacheBehavior": behavior,
        }
        tags = {"Items": [{"Key": "palabre", "Value": "local"}]}
        made = front.create_distribution_with_tags(
            DistributionConfigWithTags={"DistributionConfig": config, "Tags": tags}
        )
        identity, arn = made["Distribution"]["Id"], made["Distribution"]["ARN"]
        read = front.get_distribution_config(Id=identity)
        self.assertEqual(read["DistributionConfig"], config)
        self.assertEqual(front.list_tags_for_resource(Resource=arn)["Tags"], tags)
        astray = config | {"DefaultCacheBehavior": behavior | {"TargetOriginId": "three"}}
        update = {"Id": identity, "IfMatch": read["ETag"]}
        self.refused("NoSuchOrigin", 404, front.update_distribution, DistributionConfig=astray, **update)
        self.refused("DistributionNotDisabled", 409, front.delete_distribution, **update)
        off = config | {"Enabled": False}
        update["IfMatch"] = front.update_distribution(DistributionConfig=off, **update)["ETag"]
        paths = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "b"}
        begun = front.create_invalidation(DistributionId=identity, InvalidationBatch=paths)["Invalidation"]["Id"]
        told = front.get_invalidation(DistributionId=identity, Id=begun)["Invalidation"]
        self.assertEqual((told["Status"], told["InvalidationBatch"]), ("Completed", paths))
        self.assertEqual(front.list_distributions()["DistributionList"]["Items"][0]["Id"], identity)
        front.delete_distribution(**update)
        self.refused("NoSuchDistribution", 404, front.get_distribution, Id=identity)

    def test_functions_of_cloudfront(self):
        front, config = cloud.client("cloudfront"), {"Comment": "a", "Runtime": "cloudfront-js-2.0"}
        made = front.create_function(Name="index", FunctionConfig=config, FunctionCode=b"function handler(e) {}")
        changed = front.update_function(
            Name="index", IfMatch=made["ETag"], FunctionConfig=config, FunctionCode=b"// \xc3\xa9"
        )
        front.publish_function(Name="index", IfMatch=changed["ETag"])
        self.assertEqual(front.get_function(Name="index")["FunctionCode"].read(), b"// \xc3\xa9")
        told = front.describe_function(Name="index")["FunctionSummary"]["FunctionMetadata"]
        self.assertEqual(told["Stage"], "LIVE")

    def test_releases_that_change_and_stop(self):
        deploy = cloud.client("codedeploy")
        deploy.create_application(applicationName="a", computePlatform="Lambda")
        group = {"applicationName": "a", "serviceRoleArn": make_role("releases", [])}
        deploy.create_deployment_group(deploymentGroupName="g", **group)
        alarms = {"enabled": True, "alarms": [{"name": "errors"}]}
        deploy.update_deployment_group(applicationName="a", currentDeploymentGroupName="g", alarmConfiguration=alarms)
        told = deploy.get_deployment_group(applicationName="a", deploymentGroupName="g")["deploymentGroupInfo"]
        self.assertEqual(told["alarmConfiguration"]["alarms"], [{"name": "errors"}])
        deploy.delete_deployment_group(applicationName="a", deploymentGroupName="g")
        deploy.delete_application(applicationName="a")
        self.assertEqual(deploy.list_applications()["applications"], [])


    def test_a_budget_that_changes(self):
        budgets, name = cloud.client("budgets"), {"AccountId": ACCOUNT, "BudgetName": "month"}
        budget = {"BudgetName": "month", "BudgetType": "COST", "TimeUnit": "MONTHLY"}
        limits = [{"BudgetLimit": {"Amount": amount, "Unit": "USD"}} for amount in ("20.0", "7.0")]
        changed = {"AccountId": ACCOUNT, "NewBudget": budget | limits[1]}
        self.refused("NotFoundException", 400, budgets.update_budget, **changed)
        told = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
        somebody = [{"SubscriptionType": "EMAIL", "Address": "ines@example.org"}]
        budgets.create_budget(
            AccountId=ACCOUNT,
            Budget=budget | limits[0] | {"CostFilters": {"Service": ["Amazon DynamoDB"]}},
            NotificationsWithSubscribers=[{"Notification": told, "Subscribers": somebody}],
        )
        began = budgets.describe_budget(**name)["Budget"]["TimePeriod"]
        budgets.update_budget(**changed)
        read = budgets.describe_budget(**name)["Budget"]
        self.assertEqual((read["BudgetLimit"], read["TimePeriod"]), (limits[1]["BudgetLimit"], began))
        self.assertNotIn("CostFilters", read)
        self.assertEqual(len(budgets.describe_notifications_for_budget(**name)["Notifications"]), 1)


class ReachTest(CloudTest):
    def test_keys_of_a_user_pool_need_no_signature(self):
        pool = cloud.client("cognito-idp").create_user_pool(PoolName="people")["UserPool"]["Id"]
        with urlopen(f"{cloud.url}/{pool}/.well-known/jwks.json") as answer:
            self.assertIn("keys", json.load(answer))

    def test_a_bucket_is_closed_to_those_without_a_signature(self):
        cloud.client("s3").put_object(Bucket=BACKUPS, Key="a", Body=b"x")
        with self.assertRaisesRegex(OSError, "403"):
            urlopen(f"{cloud.url}/{BACKUPS}/a")

    def test_a_bucket_that_is_open_is_open(self):
        s3, everyone = cloud.client("s3"), {"Principal": "*", "Resource": f"arn:aws:s3:::{SITE}/open/*"}
        s3.put_object(Bucket=SITE, Key="open/a", Body=b"x")
        s3.put_bucket_policy(Bucket=SITE, Policy=document(everyone | {"Effect": "Allow", "Action": "s3:GetObject"}))
        self.addCleanup(s3.delete_bucket_policy, Bucket=SITE)
        with urlopen(f"{cloud.url}/{SITE}/open/a") as answer:
            self.assertEqual(answer.read(), b"x")

    def test_a_part_answers_instead(self):
        cloud.answer_with("lambda", "Invoke", lambda call: {"StatusCode": 200, "Payload": call.body[::-1]})
        told = cloud.client("lambda").invoke(FunctionName="whatever", Payload=b"abc")
        self.assertEqual(told["Payload"].read(), b"cba")


if __name__ == "__main__":
    unittest.main()
