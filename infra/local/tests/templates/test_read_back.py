# SPDX-License-Identifier: Apache-2.0
"""What the services say of themselves once our templates were applied: data, site and certificate, what watches."""
import json
import unittest

from .applied import ABROAD, ACCOUNT, HOME
from .case import AppliedCase


def bucket(name: str) -> str:
    return f"palabre-production-{name}-{ACCOUNT}"


class Data(AppliedCase):
    def test_tables_stand_side_by_side(self) -> None:
        self.assertEqual(set(self.client("dynamodb").list_tables()["TableNames"]), {
            "CommentairesAlternance", "CommentairesAlternance-staging", "CommentairesAlternance-third"})

    def test_the_table(self) -> None:
        name = "CommentairesAlternance"
        table = self.client("dynamodb").describe_table(TableName=name)["Table"]
        self.assertEqual(table["KeySchema"], [{"AttributeName": "id", "KeyType": "HASH"}])
        self.assertEqual({each["IndexName"]: [key["AttributeName"] for key in each["KeySchema"]]
                          for each in table["GlobalSecondaryIndexes"]}, {
            "sectionId-timestamp-index": ["sectionId", "timestamp"],
            "queue-timestamp-index": ["queue", "timestamp"],
        })
        self.assertEqual(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")
        self.assertTrue(table["DeletionProtectionEnabled"])
        history = self.client("dynamodb").describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        self.assertEqual(history["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"], "ENABLED")
        expiry = self.client("dynamodb").describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        self.assertEqual(expiry, {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})

    def test_buckets_are_closed_encrypted_versioned_and_tls_only(self) -> None:
        s3 = self.client("s3")
        for name in ("site", "backup", "logs"):
            with self.subTest(name):
                block = s3.get_public_access_block(Bucket=bucket(name))["PublicAccessBlockConfiguration"]
                self.assertEqual(set(block.values()), {True})
                self.assertEqual(s3.get_bucket_versioning(Bucket=bucket(name))["Status"], "Enabled")
                (rule,) = s3.get_bucket_encryption(Bucket=bucket(name))["ServerSideEncryptionConfiguration"]["Rules"]
                self.assertEqual(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256")
                owner = s3.get_bucket_ownership_controls(Bucket=bucket(name))["OwnershipControls"]["Rules"]
                self.assertEqual(owner, [{"ObjectOwnership": "BucketOwnerEnforced"}])
                policy = json.loads(s3.get_bucket_policy(Bucket=bucket(name))["Policy"])
                self.assertIn({
                    "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}, "Effect": "Deny",
                    "Principal": {"AWS": "*"},
                    "Resource": [f"arn:aws:s3:::{bucket(name)}", f"arn:aws:s3:::{bucket(name)}/*"],
                }, policy["Statement"])
                self.assertEqual(s3.get_bucket_tagging(Bucket=bucket(name))["TagSet"],
                                 [{"Key": "palabre", "Value": "production"}])
                where = s3.get_bucket_location(Bucket=bucket(name))["LocationConstraint"]
                self.assertEqual(where, HOME)

    def test_only_cloudfront_reads_the_site(self) -> None:
        policy = json.loads(self.client("s3").get_bucket_policy(Bucket=bucket("site"))["Policy"])
        (statement,) = [each for each in policy["Statement"] if each["Effect"] == "Allow"]
        self.assertEqual(statement["Principal"], {"Service": "cloudfront.amazonaws.com"})
        distribution = self.one("Site", "CloudFront::Distribution").ref
        self.assertEqual(statement["Condition"]["StringEquals"]["AWS:SourceArn"],
                         f"arn:aws:cloudfront::{ACCOUNT}:distribution/{distribution}")

    def test_backups_are_archived_locked_and_logged(self) -> None:
        s3 = self.client("s3")
        rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket("backup"))["Rules"]
        archive = next(each for each in rules if each["ID"] == "to-the-archive")
        self.assertEqual([(each["Days"], each["StorageClass"]) for each in archive["Transitions"]],
                         [(30, "GLACIER"), (120, "DEEP_ARCHIVE")])
        self.assertEqual(archive["NoncurrentVersionExpiration"]["NoncurrentDays"], 365)
        unfinished = next(each for each in rules if each["ID"] == "unfinished-uploads")
        self.assertEqual(unfinished["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"], 7)
        lock = s3.get_object_lock_configuration(Bucket=bucket("backup"))["ObjectLockConfiguration"]
        self.assertEqual(lock["ObjectLockEnabled"], "Enabled")
        retention = lock["Rule"]["DefaultRetention"]
        self.assertEqual((retention["Mode"], retention["Days"]), ("COMPLIANCE", 30))
        log = s3.get_bucket_logging(Bucket=bucket("backup"))["LoggingEnabled"]
        self.assertEqual((log["TargetBucket"], log["TargetPrefix"]), (bucket("logs"), "Backups/"))
        old = s3.get_bucket_lifecycle_configuration(Bucket=bucket("logs"))["Rules"]
        self.assertEqual(next(each for each in old if each["ID"] == "old")["Expiration"]["Days"], 30)

    def test_people(self) -> None:
        cognito, pool = self.client("cognito-idp"), self.one("Data", "Cognito::UserPool").ref
        found = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
        self.assertEqual((found["Name"], found["DeletionProtection"], found["MfaConfiguration"]),
                         ("palabre-production", "ACTIVE", "ON"))
        self.assertEqual(found["Policies"]["PasswordPolicy"]["MinimumLength"], 12)
        self.assertTrue(found["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"])
        self.assertEqual(found["UsernameAttributes"], ["email"])
        factors = cognito.get_user_pool_mfa_config(UserPoolId=pool)
        self.assertEqual(factors["SoftwareTokenMfaConfiguration"], {"Enabled": True})
        groups = cognito.list_groups(UserPoolId=pool)["Groups"]
        self.assertEqual({each["GroupName"] for each in groups}, {"moderators", "admins"})
        domain = cognito.describe_user_pool_domain(Domain=f"palabre-production-{ACCOUNT}")["DomainDescription"]
        self.assertEqual(domain["UserPoolId"], pool)
        app = cognito.describe_user_pool_client(
            UserPoolId=pool, ClientId=self.one("Site", "Cognito::UserPoolClient").ref)["UserPoolClient"]
        self.assertEqual(app["CallbackURLs"][0], "https://portfolio.example.org/")
        self.assertEqual(app["AllowedOAuthFlows"], ["code"])
        self.assertNotIn("ClientSecret", app)

    def test_settings(self) -> None:
        found = self.client("ssm").get_parameters_by_path(Path="/palabre/production/", Recursive=True)["Parameters"]
        self.assertEqual({each["Name"]: each["Value"] for each in found}, {
            "/palabre/production/moderation/links_max": "5",
            "/palabre/production/comments/allowed_origins": "https://portfolio.example.org,https://blog.example",
        })
        tags = self.client("ssm").list_tags_for_resource(
            ResourceType="Parameter", ResourceId="/palabre/production/moderation/links_max")["TagList"]
        self.assertEqual(tags, [{"Key": "palabre", "Value": "production"}])

    def test_the_secret_has_the_length_and_letters_that_were_asked_for(self) -> None:
        secret = self.client("secretsmanager").get_secret_value(SecretId="palabre/production/edge-1")["SecretString"]
        self.assertRegex(secret, "^[A-Za-z0-9]{48}$")


class Site(AppliedCase):
    def setUp(self) -> None:
        self.distribution = self.one("Site", "CloudFront::Distribution")
        self.config = self.client("cloudfront").get_distribution_config(Id=self.distribution.ref)["DistributionConfig"]

    def test_the_distribution(self) -> None:
        config = self.config
        self.assertEqual(config["Aliases"], {"Quantity": 1, "Items": ["portfolio.example.org"]})
        self.assertEqual((config["HttpVersion"], config["IsIPV6Enabled"], config["PriceClass"], config["Enabled"]),
                         ("http2and3", True, "PriceClass_100", True))
        self.assertEqual(config["WebACLId"], self.one("Edge", "WAFv2::WebACL").attributes["Arn"])
        self.assertEqual(config["ViewerCertificate"], {
            "ACMCertificateArn": self.one("Edge", "CertificateManager::Certificate").ref,
            "SSLSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"})

    def test_the_paths_of_the_api_go_to_the_gateway(self) -> None:
        patterns = [each["PathPattern"] for each in self.config["CacheBehaviors"]["Items"]]
        self.assertEqual(patterns, [
            "/commentaires", "/commentaires/*", "/openapi.json", "/moderation/*", "/health", "*.js"])
        gateway = self.one("Api", "ApiGateway::RestApi").ref
        for each in self.config["CacheBehaviors"]["Items"][:5]:
            origin = self.origin(each["TargetOriginId"])
            self.assertEqual(origin["DomainName"], f"{gateway}.execute-api.{HOME}.amazonaws.com")
            self.assertEqual(origin["OriginPath"], "/live")
            self.assertEqual(each["AllowedMethods"]["Quantity"], 7)
            self.assertEqual(each["AllowedMethods"]["CachedMethods"]["Items"], ["GET", "HEAD"])

    def test_the_rest_goes_to_the_bucket_and_then_to_the_missing_page(self) -> None:
        (group,) = self.config["OriginGroups"]["Items"]
        self.assertEqual(self.config["DefaultCacheBehavior"]["TargetOriginId"], group["Id"])
        self.assertEqual(group["FailoverCriteria"]["StatusCodes"]["Items"], [403, 404])
        first, second = (self.origin(each["OriginId"]) for each in group["Members"]["Items"])
        self.assertEqual(first["DomainName"], f"{bucket('site')}.s3.{HOME}.amazonaws.com")
        control = self.client("cloudfront").get_origin_access_control(Id=first["OriginAccessControlId"])
        self.assertEqual(control["OriginAccessControl"]["OriginAccessControlConfig"]["SigningBehavior"], "always")
        self.assertEqual(second["OriginPath"], "/live/missing-page")

    def test_the_gateway_is_shown_the_secret(self) -> None:
        secret = self.client("secretsmanager").get_secret_value(SecretId="palabre/production/edge-1")["SecretString"]
        shown = [origin["CustomHeaders"]["Items"] for origin in self.config["Origins"]["Items"]
                 if "CustomOriginConfig" in origin]
        self.assertEqual(shown, [[{"HeaderName": "Referer", "HeaderValue": secret}]] * 2)

    def test_policies(self) -> None:
        read = self.config["CacheBehaviors"]["Items"][0]
        cache = self.client("cloudfront").get_cache_policy(Id=read["CachePolicyId"])["CachePolicy"]["CachePolicyConfig"]
        key = cache["ParametersInCacheKeyAndForwardedToOrigin"]
        self.assertEqual(key["QueryStringsConfig"]["QueryStrings"]["Items"], ["sectionId", "limit", "cursor"])
        self.assertEqual(key["HeadersConfig"]["Headers"]["Items"], ["Origin"])
        self.assertEqual((cache["DefaultTTL"], cache["MaxTTL"]), (0, 86400))
        sent = self.client("cloudfront").get_origin_request_policy(Id=read["OriginRequestPolicyId"])
        headers = sent["OriginRequestPolicy"]["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
        self.assertEqual(headers["Quantity"], len(headers["Items"]))
        self.assertIn("cloudfront-viewer-address", headers["Items"])
        default = self.config["DefaultCacheBehavior"]
        answered = self.client("cloudfront").get_response_headers_policy(Id=default["ResponseHeadersPolicyId"])
        security = answered["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        self.assertIn("default-src 'none'", security["ContentSecurityPolicy"]["ContentSecurityPolicy"])
        (function,) = default["FunctionAssociations"]["Items"]
        self.assertEqual((function["EventType"], function["FunctionARN"]),
                         ("viewer-request", self.one("Site", "CloudFront::Function").ref))
        live = self.client("cloudfront").get_function(Name="palabre-production-directory-index", Stage="LIVE")
        self.assertIn(b"function handler(event)", live["FunctionCode"].read())

    def test_the_name(self) -> None:
        acm = self.client("acm", ABROAD)
        (certificate,) = acm.list_certificates()["CertificateSummaryList"]
        found = acm.describe_certificate(CertificateArn=certificate["CertificateArn"])["Certificate"]
        self.assertEqual(found["DomainName"], "portfolio.example.org")
        asked = found["DomainValidationOptions"][0]["ResourceRecord"]
        records = self.client("route53").list_resource_record_sets(HostedZoneId=self.world.zone)["ResourceRecordSets"]
        proof = next(each for each in records if each["Type"] == "CNAME")
        self.assertEqual(proof["ResourceRecords"], [{"Value": asked["Value"]}])
        aliases = [each for each in records if "AliasTarget" in each]
        self.assertEqual({each["Type"] for each in aliases}, {"A", "AAAA"})
        for each in aliases:
            self.assertEqual(each["Name"], "portfolio.example.org.")
            self.assertEqual(each["AliasTarget"]["HostedZoneId"], "Z2FDTNDATAQYW2")
            self.assertEqual(each["AliasTarget"]["DNSName"].rstrip("."), self.distribution.attributes["DomainName"])

    def origin(self, id: str) -> dict:
        return next(each for each in self.config["Origins"]["Items"] if each["Id"] == id)


if __name__ == "__main__":
    unittest.main()
