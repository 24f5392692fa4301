# SPDX-License-Identifier: Apache-2.0
"""Everything deployed a second time, with all changed that an owner may change; then taken away."""
import json
import unittest
from typing import Any

from botocore.exceptions import ClientError

from localaws.templates import Stack, remove
from localaws.templates.errors import CannotUpdate, TemplateError
from localaws.templates.handler import Handler
from localaws.templates.types import HANDLERS

from .applied import ABROAD, ACCOUNT, HOME, Applied


def setUpModule() -> None:
    global world, before
    world = Applied()
    world.apply_all("first")
    before = dict(world.stacks)
    world.client("dynamodb", HOME).put_item(TableName="CommentairesAlternance", Item={"id": {"S": "kept"}})
    world.apply_all("second")


def stack(part: str, at: dict[str, Stack] | None = None) -> Stack:
    return (world.stacks if at is None else at)[f"Palabre-production-{part}"]


def client(service: str) -> Any:
    return world.client(service, HOME)


class ASecondDeployment(unittest.TestCase):
    def test_publishes_a_version_and_moves_the_alias(self) -> None:
        alias = client("lambda").get_alias(FunctionName="palabre-production-api", Name="live")
        self.assertEqual(alias["FunctionVersion"], "2")
        versions = client("lambda").list_versions_by_function(FunctionName="palabre-production-api")["Versions"]
        # The first one is kept, so that there is something to go back to.
        self.assertEqual([each["Version"] for each in versions], ["$LATEST", "1", "2"])
        self.assertNotEqual(versions[1]["CodeSha256"], versions[2]["CodeSha256"])

    def test_tells_codedeploy_of_it(self) -> None:
        ids = client("codedeploy").list_deployments(
            applicationName="palabre-production", deploymentGroupName="palabre-production-api")["deployments"]
        (deployment,) = client("codedeploy").batch_get_deployments(deploymentIds=ids)["deploymentsInfo"]
        content = json.loads(deployment["revision"]["appSpecContent"]["content"])
        ((_, target),) = content["Resources"][0].items()
        self.assertEqual(target["Properties"], {
            "Name": "palabre-production-api", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"})

    def test_deploys_the_routes_again_and_drops_the_old_picture(self) -> None:
        api = stack("Api").one("AWS::ApiGateway::RestApi").ref
        deployment = stack("Api").one("AWS::ApiGateway::Deployment").ref
        self.assertNotEqual(deployment, stack("Api", before).one("AWS::ApiGateway::Deployment").ref)
        stage = client("apigateway").get_stage(restApiId=api, stageName="live")
        self.assertEqual(stage["deploymentId"], deployment)
        self.assertEqual(stage["methodSettings"]["*/*"]["throttlingRateLimit"], 50)
        left = client("apigateway").get_deployments(restApiId=api)["items"]
        self.assertEqual([each["id"] for each in left], [deployment])

    def test_keeps_the_same_table_buckets_pool_and_distribution(self) -> None:
        for part, type in [("Data", "AWS::DynamoDB::Table"), ("Data", "AWS::Cognito::UserPool"),
                           ("Api", "AWS::ApiGateway::RestApi"), ("Site", "AWS::CloudFront::Distribution")]:
            self.assertEqual(stack(part).one(type).ref, stack(part, before).one(type).ref)

    def test_changes_settings(self) -> None:
        ssm = client("ssm")
        found = ssm.get_parameters_by_path(Path="/palabre/production/", Recursive=True)["Parameters"]
        self.assertEqual({each["Name"].removeprefix("/palabre/production/"): each["Value"] for each in found}, {
            "comments/allowed_origins": "https://portfolio.example.org,https://blog.example,https://notes.example",
            "moderation/links_max": "6",
            "posting/burst": "9",
        })

    def test_has_a_new_secret_in_the_gateway_and_in_cloudfront_and_keeps_the_old_one(self) -> None:
        secrets = client("secretsmanager")
        old, new = (secrets.get_secret_value(SecretId=f"palabre/production/edge-{number}")["SecretString"]
                    for number in (1, 2))
        self.assertNotEqual(old, new)
        api = client("apigateway").get_rest_api(restApiId=stack("Api").one("AWS::ApiGateway::RestApi").ref)
        self.assertIn(new, api["policy"])
        self.assertNotIn(old, api["policy"])
        config = self.distribution()
        self.assertEqual({each["HeaderValue"] for origin in config["Origins"]["Items"]
                          for each in origin.get("CustomHeaders", {}).get("Items", [])}, {new})

    def test_changes_the_distribution_and_its_policies(self) -> None:
        self.assertEqual(self.distribution()["PriceClass"], "PriceClass_200")
        cloudfront, found = client("cloudfront"), []
        for each in stack("Site").of_type("AWS::CloudFront::ResponseHeadersPolicy"):
            config = cloudfront.get_response_headers_policy(Id=each.ref)["ResponseHeadersPolicy"][
                "ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
            found.append(config.get("ContentSecurityPolicy", {}).get("ContentSecurityPolicy"))
            self.assertEqual(config["StrictTransportSecurity"]["AccessControlMaxAgeSec"], 3600)
        self.assertEqual(found.count("default-src 'self'"), 2)

    def test_changes_limits(self) -> None:
        plan = client("apigateway").get_usage_plan(usagePlanId=stack("Api").one("AWS::ApiGateway::UsagePlan").ref)
        self.assertEqual((plan["throttle"]["rateLimit"], plan["throttle"]["burstLimit"], plan["quota"]["limit"]),
                         (2, 4, 100))
        acl = stack("Edge").one("AWS::WAFv2::WebACL")
        name, id, scope = acl.ref.split("|")
        rules = world.client("wafv2", ABROAD).get_web_acl(Name=name, Id=id, Scope=scope)["WebACL"]["Rules"]
        rates = [each["Statement"]["RateBasedStatement"]["Limit"] for each in rules
                 if "RateBasedStatement" in each["Statement"]]
        self.assertEqual(rates, [500])

    def test_changes_release_budget_and_logs(self) -> None:
        group = client("codedeploy").get_deployment_group(
            applicationName="palabre-production", deploymentGroupName="palabre-production-api")["deploymentGroupInfo"]
        self.assertEqual(group["deploymentConfigName"], "CodeDeployDefault.LambdaAllAtOnce")
        budget = world.client("budgets", ABROAD).describe_budget(
            AccountId=ACCOUNT, BudgetName="palabre-production")["Budget"]
        self.assertEqual(budget["BudgetLimit"], {"Amount": "7", "Unit": "USD"})
        groups = client("logs").describe_log_groups()["logGroups"]
        self.assertEqual({each["retentionInDays"] for each in groups if "production" in each["logGroupName"]}, {90})

    def test_once_more_changes_nothing(self) -> None:
        stacks = dict(world.stacks)
        world.apply_all("second")
        self.assertEqual(world.stacks, stacks)
        self.assertEqual(client("lambda").get_alias(
            FunctionName="palabre-production-api", Name="live")["FunctionVersion"], "2")

    def distribution(self) -> dict:
        return client("cloudfront").get_distribution_config(
            Id=stack("Site").one("AWS::CloudFront::Distribution").ref)["DistributionConfig"]


class AnOption(unittest.TestCase):
    """Turned on for staging and off for the third, by the second deployment."""

    def api(self, environment: str) -> Stack:
        return world.stacks[f"Palabre-{environment}-Api"]

    def test_of_the_firewall_moves_it(self) -> None:
        def firewall(environment: str) -> str | None:
            api = self.api(environment).one("AWS::ApiGateway::RestApi").ref
            stage = f"arn:aws:apigateway:{HOME}::/restapis/{api}/stages/live"
            return client("wafv2").get_web_acl_for_resource(ResourceArn=stage).get("WebACL", {}).get("Name")

        self.assertEqual(firewall("staging"), "palabre-staging")
        self.assertIsNone(firewall("third"))
        config = client("cloudfront").get_distribution_config(
            Id=world.stacks["Palabre-third-Site"].one("AWS::CloudFront::Distribution").ref)["DistributionConfig"]
        self.assertIn(":global/webacl/palabre-third/", config["WebACLId"])
        self.assertEqual([each["Name"] for each in client("wafv2").list_web_acls(Scope="REGIONAL")["WebACLs"]],
                         ["palabre-staging"])

    def test_of_keys_makes_and_deletes_the_plan(self) -> None:
        plans = client("apigateway").get_usage_plans()["items"]
        self.assertEqual({each["name"] for each in plans}, {"palabre-production-site", "palabre-third-site"})
        for environment, wanted in [("staging", False), ("third", True)]:
            api = self.api(environment).one("AWS::ApiGateway::RestApi").ref
            found = client("apigateway").get_resources(restApiId=api, embed=["methods"], limit=500)["items"]
            post = next(each for each in found if each["path"] == "/commentaires")["resourceMethods"]["POST"]
            self.assertEqual(post["apiKeyRequired"], wanted, environment)
            self.assertIn("methodIntegration", post)

    def test_of_the_domain_names_the_distribution(self) -> None:
        records = client("route53").list_resource_record_sets(HostedZoneId=world.zone)["ResourceRecordSets"]
        self.assertEqual({each["Name"] for each in records if each["Type"] == "AAAA"}, {
            "portfolio.example.org.", "staging.example.org.", "third.example.org."})

    def test_of_the_probe_makes_and_deletes_it(self) -> None:
        checks = client("route53").list_health_checks()["HealthChecks"]
        self.assertEqual({each["HealthCheckConfig"]["FullyQualifiedDomainName"] for each in checks},
                         {"portfolio.example.org", "staging.example.org"})

    def test_of_the_accounts_parts_leaves_them(self) -> None:
        role = client("apigateway").get_account()["cloudwatchRoleArn"].rsplit("/", 1)[1]
        self.assertNotIn("AWS::ApiGateway::Account", {each.type for each in self.api("staging").resources.values()})
        client("iam").get_role(RoleName=role)


class AChange(unittest.TestCase):
    """Of a template that was applied, each put back afterwards."""

    def change(self, part: str, logical: str, **properties: Any) -> None:
        template = world.templates("second")[f"Palabre-production-{part}"]
        found = template.body["Resources"][logical]["Properties"]
        for name, value in properties.items():
            found[name] = value(found[name])
        world.apply(template)

    def tearDown(self) -> None:
        world.apply_all("second")

    def test_of_what_makes_a_table_raises(self) -> None:
        with self.assertRaisesRegex(CannotUpdate, "^Comments: .*TableName"):
            self.change("Data", "Comments", TableName=lambda name: name + "-2")

    def test_of_what_has_no_update_raises(self) -> None:
        group = next(each for each in stack("Data").of_type("AWS::Cognito::UserPoolGroup"))
        with self.assertRaisesRegex(CannotUpdate, f"^{group.logical}: AWS::Cognito::UserPoolGroup cannot be updated"):
            self.change("Data", group.logical, GroupName=lambda name: name + "s")

    def test_of_protection_indexes_and_history_reaches_the_table(self) -> None:
        self.change("Data", "Comments", DeletionProtectionEnabled=lambda _: False,
                    GlobalSecondaryIndexes=lambda indexes: indexes[:1],
                    PointInTimeRecoverySpecification=lambda _: {"PointInTimeRecoveryEnabled": False},
                    TimeToLiveSpecification=lambda expiry: {**expiry, "Enabled": False})
        table = client("dynamodb").describe_table(TableName="CommentairesAlternance")["Table"]
        history = client("dynamodb").describe_continuous_backups(TableName="CommentairesAlternance")
        expiry = client("dynamodb").describe_time_to_live(TableName="CommentairesAlternance")
        self.assertFalse(table["DeletionProtectionEnabled"])
        self.assertEqual([each["IndexName"] for each in table["GlobalSecondaryIndexes"]], ["sectionId-timestamp-index"])
        self.assertEqual(history["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"][
            "PointInTimeRecoveryStatus"], "DISABLED")
        self.assertEqual(expiry["TimeToLiveDescription"]["TimeToLiveStatus"], "DISABLED")

    def test_of_a_role_reaches_its_policies(self) -> None:
        role = next(each for each in stack("Api").of_type("AWS::IAM::Role") if each.ref == "palabre-production-api")
        statement = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}
        other = {"Version": "2012-10-17", "Statement": [statement]}
        managed = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"
        template = world.templates("second")["Palabre-production-Api"]
        template.body["Resources"][role.logical]["Properties"]["ManagedPolicyArns"] = [managed]
        template.body["Resources"][role.logical]["Properties"]["Policies"] = [
            {"PolicyName": "other", "PolicyDocument": other}]
        world.apply(template)
        iam = client("iam")
        self.assertEqual(iam.list_role_policies(RoleName=role.ref)["PolicyNames"], ["other"])
        self.assertEqual(iam.get_role_policy(RoleName=role.ref, PolicyName="other")["PolicyDocument"], other)
        attached = iam.list_attached_role_policies(RoleName=role.ref)["AttachedPolicies"]
        self.assertEqual([each["PolicyArn"] for each in attached], [managed])

    def test_of_what_watches_reaches_it(self) -> None:
        self.change("Site", "Site", VersioningConfiguration=lambda _: {"Status": "Suspended"})
        versioning = client("s3").get_bucket_versioning(Bucket=f"palabre-production-site-{ACCOUNT}")
        self.assertEqual(versioning["Status"], "Suspended")
        alarm = next(each for each in stack("Watch").of_type("AWS::CloudWatch::Alarm"))
        self.change("Watch", alarm.logical, Threshold=lambda _: 17)
        (found,) = client("cloudwatch").describe_alarms(AlarmNames=[alarm.ref])["MetricAlarms"]
        self.assertEqual(found["Threshold"], 17)
        schedule = stack("Backup").of_type("AWS::Scheduler::Schedule")[0]
        self.change("Backup", schedule.logical, ScheduleExpression=lambda _: "rate(2 days)")
        self.assertEqual(client("scheduler").get_schedule(Name=schedule.ref)["ScheduleExpression"], "rate(2 days)")
        probe = stack("Probe").one("AWS::Route53::HealthCheck")
        self.change("Probe", probe.logical, HealthCheckConfig=lambda config: {**config, "FailureThreshold": 5})
        found = client("route53").get_health_check(HealthCheckId=probe.ref)["HealthCheck"]["HealthCheckConfig"]
        self.assertEqual(found["FailureThreshold"], 5)
        dashboard = stack("Watch").one("AWS::CloudWatch::Dashboard")
        self.change("Watch", dashboard.logical, DashboardBody=lambda _: '{"widgets": []}')
        body = client("cloudwatch").get_dashboard(DashboardName=dashboard.ref)["DashboardBody"]
        self.assertEqual(body, '{"widgets": []}')

    def test_of_a_secret_by_hand_is_not_seen(self) -> None:
        secrets, secret = client("secretsmanager"), "palabre/production/edge-2"
        before = secrets.get_secret_value(SecretId=secret)["SecretString"]
        secrets.put_secret_value(SecretId=secret, SecretString="by hand")
        stacks = dict(world.stacks)
        world.apply_all("second")
        self.assertEqual(world.stacks, stacks)
        secrets.put_secret_value(SecretId=secret, SecretString=before)


class Removal(unittest.TestCase):
    """The last class of this file, and its tests take everything away."""

    def test_a_protected_table_cannot_be_deleted(self) -> None:
        table = stack("Data").one("AWS::DynamoDB::Table")
        alone = Stack("Data", HOME, ACCOUNT, {"Comments": table})
        with self.assertRaisesRegex(TemplateError, "^Comments: .*protected against deletion"):
            remove({"Resources": {"Comments": {"Type": table.type}}}, alone, client=world.client)

    def test_z_of_everything_keeps_what_is_to_be_kept(self) -> None:
        # One stack is in the first deployment alone: what an option no longer wants, nobody deletes by itself.
        templates = world.templates("second")
        templates |= {name: each for name, each in world.templates("first").items() if name not in templates}
        self.assertEqual(set(templates), set(world.stacks))
        for name in reversed(list(templates)):
            remove(templates[name].body, world.stacks[name], client=world.client)
        kept = client("dynamodb").get_item(TableName="CommentairesAlternance", Key={"id": {"S": "kept"}})
        self.assertIn("Item", kept)
        buckets = {each["Name"] for each in client("s3").list_buckets()["Buckets"]}
        self.assertLessEqual({f"palabre-production-{of}-{ACCOUNT}" for of in ("site", "backup", "logs")}, buckets)
        pool = stack("Data").one("AWS::Cognito::UserPool").ref
        people = client("cognito-idp").describe_user_pool(UserPoolId=pool)["UserPool"]
        self.assertEqual(people["Name"], "palabre-production")
        client("secretsmanager").get_secret_value(SecretId="palabre/production/edge-2")
        self.assertEqual(client("apigateway").get_rest_apis()["items"], [])
        self.assertEqual(client("apigateway").get_usage_plans()["items"], [])
        self.assertEqual(client("cloudfront").list_distributions()["DistributionList"]["Items"], [])
        self.assertEqual(client("scheduler").list_schedules()["Schedules"], [])
        self.assertEqual(client("cloudwatch").describe_alarms()["MetricAlarms"], [])
        self.assertEqual(client("sns").list_topics()["Topics"], [])
        with self.assertRaises(ClientError):
            client("lambda").get_function(FunctionName="palabre-production-api")
        # Every environment uses the one logging role and the one provider of the account. The rest is the CDK's own.
        roles = [each["RoleName"] for each in client("iam").list_roles()["Roles"]]
        self.assertEqual({each.split("-")[3] for each in roles if not each.startswith("cdk-")}, {"GatewayLoggingRole"})
        self.assertEqual(len(client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]), 1)

    def test_every_handler_can_delete(self) -> None:
        for type, handler in HANDLERS.items():
            self.assertIsNot(handler.__class__.delete, Handler.delete, type)


if __name__ == "__main__":
    unittest.main()
