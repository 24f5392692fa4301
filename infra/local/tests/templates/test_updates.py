# SPDX-License-Identifier: Apache-2.0
"""Everything deployed a second time, with all changed that an owner may change."""
import json
import unittest

from localaws.templates import Stack

from .applied import ABROAD, ACCOUNT, HOME
from .case import UpdatedCase


class ASecondDeployment(UpdatedCase):
    def test_publishes_a_version_and_moves_the_alias(self) -> None:
        alias = self.client("lambda").get_alias(FunctionName="palabre-production-api", Name="live")
        self.assertEqual(alias["FunctionVersion"], "2")
        versions = self.client("lambda").list_versions_by_function(FunctionName="palabre-production-api")["Versions"]
        # The first one is kept, so that there is something to go back to.
        self.assertEqual([each["Version"] for each in versions], ["$LATEST", "1", "2"])
        self.assertNotEqual(versions[1]["CodeSha256"], versions[2]["CodeSha256"])

    def test_tells_codedeploy_of_it(self) -> None:
        ids = self.client("codedeploy").list_deployments(
            applicationName="palabre-production", deploymentGroupName="palabre-production-api")["deployments"]
        (deployment,) = self.client("codedeploy").batch_get_deployments(deploymentIds=ids)["deploymentsInfo"]
        content = json.loads(deployment["revision"]["appSpecContent"]["content"])
        ((_, target),) = content["Resources"][0].items()
        self.assertEqual(target["Properties"], {
            "Name": "palabre-production-api", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"})

    def test_deploys_the_routes_again_and_drops_the_old_picture(self) -> None:
        api = self.stack("Api").one("AWS::ApiGateway::RestApi").ref
        deployment = self.stack("Api").one("AWS::ApiGateway::Deployment").ref
        self.assertNotEqual(deployment, self.before("Api").one("AWS::ApiGateway::Deployment").ref)
        stage = self.client("apigateway").get_stage(restApiId=api, stageName="live")
        self.assertEqual(stage["deploymentId"], deployment)
        self.assertEqual(stage["methodSettings"]["*/*"]["throttlingRateLimit"], 50)
        left = self.client("apigateway").get_deployments(restApiId=api)["items"]
        self.assertEqual([each["id"] for each in left], [deployment])

    def test_keeps_the_same_table_buckets_pool_and_distribution(self) -> None:
        for part, type in [("Data", "AWS::DynamoDB::Table"), ("Data", "AWS::Cognito::UserPool"),
                           ("Api", "AWS::ApiGateway::RestApi"), ("Site", "AWS::CloudFront::Distribution")]:
            self.assertEqual(self.stack(part).one(type).ref, self.before(part).one(type).ref)

    def test_changes_settings(self) -> None:
        ssm = self.client("ssm")
        found = ssm.get_parameters_by_path(Path="/palabre/production/", Recursive=True)["Parameters"]
        self.assertEqual({each["Name"].removeprefix("/palabre/production/"): each["Value"] for each in found}, {
            "comments/allowed_origins": "https://portfolio.example.org,https://blog.example,https://notes.example",
            "moderation/links_max": "6",
            "posting/burst": "9",
        })

    def test_has_a_new_secret_in_the_gateway_and_in_cloudfront_and_keeps_the_old_one(self) -> None:
        secrets = self.client("secretsmanager")
        old, new = (secrets.get_secret_value(SecretId=f"palabre/production/edge-{number}")["SecretString"]
                    for number in (1, 2))
        self.assertNotEqual(old, new)
        api = self.client("apigateway").get_rest_api(restApiId=self.stack("Api").one("AWS::ApiGateway::RestApi").ref)
        self.assertIn(new, api["policy"])
        self.assertNotIn(old, api["policy"])
        config = self.distribution()
        self.assertEqual({each["HeaderValue"] for origin in config["Origins"]["Items"]
                          for each in origin.get("CustomHeaders", {}).get("Items", [])}, {new})

    def test_changes_the_distribution_and_its_policies(self) -> None:
        self.assertEqual(self.distribution()["PriceClass"], "PriceClass_200")
        cloudfront, found = self.client("cloudfront"), []
        for each in self.stack("Site").of_type("AWS::CloudFront::ResponseHeadersPolicy"):
            config = cloudfront.get_response_headers_policy(Id=each.ref)["ResponseHeadersPolicy"][
                "ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
            found.append(config.get("ContentSecurityPolicy", {}).get("ContentSecurityPolicy"))
            self.assertEqual(config["StrictTransportSecurity"]["AccessControlMaxAgeSec"], 3600)
        self.assertEqual(found.count("default-src 'self'"), 2)

    def test_changes_limits(self) -> None:
        plan = self.client("apigateway").get_usage_plan(usagePlanId=self.one("Api", "ApiGateway::UsagePlan").ref)
        self.assertEqual((plan["throttle"]["rateLimit"], plan["throttle"]["burstLimit"], plan["quota"]["limit"]),
                         (2, 4, 100))
        acl = self.stack("Edge").one("AWS::WAFv2::WebACL")
        name, id, scope = acl.ref.split("|")
        rules = self.client("wafv2", ABROAD).get_web_acl(Name=name, Id=id, Scope=scope)["WebACL"]["Rules"]
        rates = [each["Statement"]["RateBasedStatement"]["Limit"] for each in rules
                 if "RateBasedStatement" in each["Statement"]]
        self.assertEqual(rates, [500])

    def test_changes_release_budget_and_logs(self) -> None:
        group = self.client("codedeploy").get_deployment_group(
            applicationName="palabre-production", deploymentGroupName="palabre-production-api")["deploymentGroupInfo"]
        self.assertEqual(group["deploymentConfigName"], "CodeDeployDefault.LambdaAllAtOnce")
        budget = self.client("budgets", ABROAD).describe_budget(
            AccountId=ACCOUNT, BudgetName="palabre-production")["Budget"]
        self.assertEqual(budget["BudgetLimit"], {"Amount": "7", "Unit": "USD"})
        groups = self.client("logs").describe_log_groups()["logGroups"]
        self.assertEqual({each["retentionInDays"] for each in groups if "production" in each["logGroupName"]}, {90})

    def test_once_more_changes_nothing(self) -> None:
        stacks = dict(self.world.stacks)
        self.world.apply_all("second")
        self.assertEqual(self.world.stacks, stacks)
        self.assertEqual(self.client("lambda").get_alias(
            FunctionName="palabre-production-api", Name="live")["FunctionVersion"], "2")

    def distribution(self) -> dict:
        return self.client("cloudfront").get_distribution_config(
            Id=self.stack("Site").one("AWS::CloudFront::Distribution").ref)["DistributionConfig"]


class AnOption(UpdatedCase):
    """Turned on for staging and off for the third, by the second deployment."""

    def api(self, environment: str) -> Stack:
        return self.world.stacks[f"Palabre-{environment}-Api"]

    def test_of_the_firewall_moves_it(self) -> None:
        def firewall(environment: str) -> str | None:
            api = self.api(environment).one("AWS::ApiGateway::RestApi").ref
            stage = f"arn:aws:apigateway:{HOME}::/restapis/{api}/stages/live"
            return self.client("wafv2").get_web_acl_for_resource(ResourceArn=stage).get("WebACL", {}).get("Name")

        self.assertEqual(firewall("staging"), "palabre-staging")
        self.assertIsNone(firewall("third"))
        config = self.client("cloudfront").get_distribution_config(
            Id=self.world.stacks["Palabre-third-Site"].one("AWS::CloudFront::Distribution").ref)["DistributionConfig"]
        self.assertIn(":global/webacl/palabre-third/", config["WebACLId"])
        self.assertEqual([each["Name"] for each in self.client("wafv2").list_web_acls(Scope="REGIONAL")["WebACLs"]],
                         ["palabre-staging"])

    def test_of_keys_makes_and_deletes_the_plan(self) -> None:
        plans = self.client("apigateway").get_usage_plans()["items"]
        self.assertEqual({each["name"] for each in plans}, {"palabre-production-site", "palabre-third-site"})
        for environment, wanted in [("staging", False), ("third", True)]:
            api = self.api(environment).one("AWS::ApiGateway::RestApi").ref
            found = self.client("apigateway").get_resources(restApiId=api, embed=["methods"], limit=500)["items"]
            post = next(each for each in found if each["path"] == "/commentaires")["resourceMethods"]["POST"]
            self.assertEqual(post["apiKeyRequired"], wanted, environment)
            self.assertIn("methodIntegration", post)

    def test_of_the_domain_names_the_distribution(self) -> None:
        records = self.client("route53").list_resource_record_sets(HostedZoneId=self.world.zone)["ResourceRecordSets"]
        self.assertEqual({each["Name"] for each in records if each["Type"] == "AAAA"}, {
            "portfolio.example.org.", "staging.example.org.", "third.example.org."})

    def test_of_the_probe_makes_and_deletes_it(self) -> None:
        checks = self.client("route53").list_health_checks()["HealthChecks"]
        self.assertEqual({each["HealthCheckConfig"]["FullyQualifiedDomainName"] for each in checks},
                         {"portfolio.example.org", "staging.example.org"})

    def test_of_the_accounts_parts_leaves_them(self) -> None:
        role = self.client("apigateway").get_account()["cloudwatchRoleArn"].rsplit("/", 1)[1]
        self.assertNotIn("AWS::ApiGateway::Account", {each.type for each in self.api("staging").resources.values()})
        self.client("iam").get_role(RoleName=role)


if __name__ == "__main__":
    unittest.main()
