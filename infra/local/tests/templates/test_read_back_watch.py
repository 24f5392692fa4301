# SPDX-License-Identifier: Apache-2.0
"""What the services say once our templates were applied: schedules, alarms, logs, firewall, budget."""
import json
import unittest

from .applied import ABROAD, ACCOUNT, HOME
from .case import AppliedCase


class Backups(AppliedCase):
    queue = f"arn:aws:sqs:{HOME}:{ACCOUNT}:palabre-production-backup-failed"

    def test_are_called_by_two_schedules(self) -> None:
        scheduler = self.client("scheduler")
        names = [each["Name"] for each in scheduler.list_schedules()["Schedules"] if "-production-" in each["Name"]]
        found = {name: scheduler.get_schedule(Name=name) for name in names}
        self.assertEqual({each["ScheduleExpression"] for each in found.values()}, {"rate(24 hours)", "rate(1 hour)"})
        for each in found.values():
            target = each["Target"]
            self.assertEqual(target["Arn"], f"arn:aws:lambda:{HOME}:{ACCOUNT}:function:palabre-production-backup")
            self.assertEqual(target["DeadLetterConfig"], {"Arn": self.queue})
            self.assertEqual(target["RoleArn"], f"arn:aws:iam::{ACCOUNT}:role/palabre-production-backup-schedule")
            self.assertGreater(target["RetryPolicy"]["MaximumRetryAttempts"], 0)
            self.assertIsInstance(json.loads(target["Input"]), dict)
            self.assertEqual(each["FlexibleTimeWindow"], {"Mode": "OFF"})

    def test_that_failed_are_kept_for_two_weeks(self) -> None:
        queue = self.one("Backup", "SQS::Queue").ref
        found = self.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])
        attributes = found["Attributes"]
        self.assertEqual(attributes["QueueArn"], self.queue)
        self.assertEqual(attributes["MessageRetentionPeriod"], "1209600")
        self.assertEqual(attributes["SqsManagedSseEnabled"], "true")
        (statement,) = json.loads(attributes["Policy"])["Statement"]
        self.assertEqual(statement["Condition"], {"Bool": {"aws:SecureTransport": "false"}})
        given_up = self.client("lambda").get_function_event_invoke_config(FunctionName="palabre-production-backup")
        self.assertEqual(given_up["DestinationConfig"]["OnFailure"]["Destination"], self.queue)


class Watching(AppliedCase):
    def alarms(self, region: str) -> dict[str, dict]:
        found = self.client("cloudwatch", region).describe_alarms(AlarmNamePrefix="palabre-production-")["MetricAlarms"]
        return {each["AlarmName"].removeprefix("palabre-production-"): each for each in found}

    def test_alarms(self) -> None:
        home, abroad = self.alarms(HOME), self.alarms(ABROAD)
        self.assertEqual(set(home), {"new-version-fails", "errors", "throttles", "server-errors", "latency",
                                     "backup-missing", "backup-failures", "backup-dead-letters"})
        self.assertEqual(set(abroad), {"unreachable"})
        missing = home["backup-missing"]
        self.assertEqual((missing["Namespace"], missing["MetricName"], missing["Statistic"], missing["Threshold"],
                          missing["TreatMissingData"], missing["Period"]),
                         ("Palabre/production", "BackupAge", "Maximum", 26, "breaching", 10800))
        self.assertEqual((home["latency"]["ExtendedStatistic"], home["latency"]["Threshold"]), ("p99", 1000))
        self.assertEqual(home["server-errors"]["Dimensions"],
                         [{"Name": "ApiName", "Value": "palabre-production"}, {"Name": "Stage", "Value": "live"}])
        self.assertEqual(abroad["unreachable"]["Dimensions"],
                         [{"Name": "HealthCheckId", "Value": self.one("Probe", "Route53::HealthCheck").ref}])

    def test_alarms_tell_somebody(self) -> None:
        for region, part in [(HOME, "Watch"), (ABROAD, "Probe")]:
            topic = self.one(part, "SNS::Topic").ref
            for name, alarm in self.alarms(region).items():
                wanted = [] if name == "new-version-fails" else [topic]  # which CodeDeploy looks at itself
                self.assertEqual((alarm["AlarmActions"], alarm["OKActions"]), (wanted, wanted), name)
            found = self.client("sns", region).list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
            self.assertEqual([(each["Protocol"], each["Endpoint"]) for each in found], [("email", "ines@example.org")])

    def test_topics_take_nothing_without_tls(self) -> None:
        topic = self.one("Watch", "SNS::Topic").ref
        policy = self.client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]
        self.assertIn({"Bool": {"aws:SecureTransport": "false"}},
                      [each.get("Condition") for each in json.loads(policy)["Statement"]])

    def test_the_dashboard_draws_what_there_is(self) -> None:
        body = json.loads(self.client("cloudwatch").get_dashboard(DashboardName="palabre-production")["DashboardBody"])
        metrics = json.dumps(body["widgets"])
        for name in ("palabre-production-api", "CommentairesAlternance", "Palabre/production",
                     self.one("Site", "CloudFront::Distribution").ref):
            self.assertIn(name, metrics)

    def test_logs_end_and_are_measured(self) -> None:
        for region in (HOME, ABROAD):
            for group in self.client("logs", region).describe_log_groups()["logGroups"]:
                self.assertEqual(group["retentionInDays"], 30, group["logGroupName"])
        filters = self.client("logs").describe_metric_filters(logGroupName="/aws/lambda/palabre-production-backup")
        found = {each["metricTransformations"][0]["metricName"]: each for each in filters["metricFilters"]}
        self.assertEqual(set(found), {"BackupAge", "BackupFailures"})
        self.assertEqual(found["BackupAge"]["metricTransformations"], [
            {"metricName": "BackupAge", "metricNamespace": "Palabre/production", "metricValue": "$.BackupAge"}])
        self.assertEqual(found["BackupAge"]["filterPattern"], '{ $.BackupAge = "*" }')

    def test_the_log_of_cloudfront_reaches_the_bucket_without_addresses(self) -> None:
        logs = self.client("logs", ABROAD)
        source = logs.get_delivery_source(name="palabre-production")["deliverySource"]
        distribution = self.one("Site", "CloudFront::Distribution").ref
        self.assertEqual(source["resourceArns"], [f"arn:aws:cloudfront::{ACCOUNT}:distribution/{distribution}"])
        target = logs.get_delivery_destination(name="palabre-production")["deliveryDestination"]
        self.assertEqual(target["deliveryDestinationConfiguration"]["destinationResourceArn"],
                         f"arn:aws:s3:::palabre-production-logs-{ACCOUNT}")
        self.assertEqual(target["outputFormat"], "json")
        delivery = logs.get_delivery(id=self.one("Probe", "Logs::Delivery").ref)["delivery"]
        self.assertEqual(delivery["deliverySourceName"], "palabre-production")
        self.assertIn("cs-uri-stem", delivery["recordFields"])
        self.assertNotIn("c-ip", delivery["recordFields"])

    def test_the_look_from_outside(self) -> None:
        check = self.client("route53").get_health_check(HealthCheckId=self.one("Probe", "Route53::HealthCheck").ref)
        config = check["HealthCheck"]["HealthCheckConfig"]
        self.assertEqual((config["FullyQualifiedDomainName"], config["ResourcePath"]),
                         ("portfolio.example.org", "/health"))
        self.assertEqual((config["Type"], config["EnableSNI"]), ("HTTPS", True))

    def test_the_budget(self) -> None:
        budgets = self.client("budgets", ABROAD)
        found = budgets.describe_budget(AccountId=ACCOUNT, BudgetName="palabre-production")["Budget"]
        self.assertEqual((found["BudgetLimit"], found["TimeUnit"]), ({"Amount": "20", "Unit": "USD"}, "MONTHLY"))
        told = budgets.describe_notifications_for_budget(
            AccountId=ACCOUNT, BudgetName="palabre-production")["Notifications"]
        self.assertEqual({(each["NotificationType"], each["Threshold"]) for each in told},
                         {("FORECASTED", 100), ("ACTUAL", 80)})


class Firewall(AppliedCase):
    def setUp(self) -> None:
        self.acl = self.one("Edge", "WAFv2::WebACL")
        name, id, scope = self.acl.ref.split("|")
        self.found = self.client("wafv2", ABROAD).get_web_acl(Name=name, Id=id, Scope=scope)["WebACL"]

    def test_slows_who_asks_too_often(self) -> None:
        (rate,) = [each for each in self.found["Rules"] if "RateBasedStatement" in each["Statement"]]
        self.assertEqual(rate["Statement"]["RateBasedStatement"]["Limit"], 2000)
        block = rate["Action"]["Block"]["CustomResponse"]
        self.assertEqual((block["ResponseCode"], block["CustomResponseBodyKey"]), (429, "slowDown"))
        self.assertIn("slowDown", self.found["CustomResponseBodies"])

    def test_has_the_managed_rules_and_lets_the_rest_through(self) -> None:
        names = [each["Statement"]["ManagedRuleGroupStatement"]["Name"] for each in self.found["Rules"]
                 if "ManagedRuleGroupStatement" in each["Statement"]]
        self.assertEqual(names, ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet",
                                 "AWSManagedRulesAmazonIpReputationList"])
        self.assertEqual(self.found["DefaultAction"], {"Allow": {}})

    def test_logs_whom_it_stopped_without_their_keys(self) -> None:
        found = self.client("wafv2", ABROAD).get_logging_configuration(
            ResourceArn=self.acl.attributes["Arn"])["LoggingConfiguration"]
        self.assertEqual(found["LogDestinationConfigs"],
                         [f"arn:aws:logs:{ABROAD}:{ACCOUNT}:log-group:aws-waf-logs-palabre-production"])
        self.assertEqual([each["SingleHeader"]["Name"] for each in found["RedactedFields"]],
                         ["authorization", "x-api-key", "edit-token"])
        self.assertEqual(found["LoggingFilter"]["DefaultBehavior"], "DROP")


if __name__ == "__main__":
    unittest.main()
