# SPDX-License-Identifier: Apache-2.0
"""One property of a template that was applied is changed, and put back afterwards."""
import unittest
from typing import Any

from localaws.templates.errors import CannotUpdate

from .applied import ACCOUNT
from .case import UpdatedCase


class AChange(UpdatedCase):
    """Of a template that was applied, each put back afterwards."""

    def change(self, part: str, logical: str, **properties: Any) -> None:
        template = self.world.templates("second")[f"Palabre-production-{part}"]
        found = template.body["Resources"][logical]["Properties"]
        for name, value in properties.items():
            found[name] = value(found[name])
        self.world.apply(template)

    def tearDown(self) -> None:
        self.world.apply_all("second")

    def test_of_what_makes_a_table_raises(self) -> None:
        with self.assertRaisesRegex(CannotUpdate, "^Comments: .*TableName"):
            self.change("Data", "Comments", TableName=lambda name: name + "-2")

    def test_of_what_has_no_update_raises(self) -> None:
        group = next(each for each in self.stack("Data").of_type("AWS::Cognito::UserPoolGroup"))
        with self.assertRaisesRegex(CannotUpdate, f"^{group.logical}: AWS::Cognito::UserPoolGroup cannot be updated"):
            self.change("Data", group.logical, GroupName=lambda name: name + "s")

    def test_of_protection_indexes_and_history_reaches_the_table(self) -> None:
        self.change("Data", "Comments", DeletionProtectionEnabled=lambda _: False,
                    GlobalSecondaryIndexes=lambda indexes: indexes[:1],
                    PointInTimeRecoverySpecification=lambda _: {"PointInTimeRecoveryEnabled": False},
                    TimeToLiveSpecification=lambda expiry: {**expiry, "Enabled": False})
        table = self.client("dynamodb").describe_table(TableName="CommentairesAlternance")["Table"]
        history = self.client("dynamodb").describe_continuous_backups(TableName="CommentairesAlternance")
        expiry = self.client("dynamodb").describe_time_to_live(TableName="CommentairesAlternance")
        self.assertFalse(table["DeletionProtectionEnabled"])
        self.assertEqual([each["IndexName"] for each in table["GlobalSecondaryIndexes"]], ["sectionId-timestamp-index"])
        self.assertEqual(history["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"][
            "PointInTimeRecoveryStatus"], "DISABLED")
        self.assertEqual(expiry["TimeToLiveDescription"]["TimeToLiveStatus"], "DISABLED")

    def test_of_a_role_reaches_its_policies(self) -> None:
        roles = self.stack("Api").of_type("AWS::IAM::Role")
        role = next(each for each in roles if each.ref == "palabre-production-api")
        statement = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}
        other = {"Version": "2012-10-17", "Statement": [statement]}
        managed = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"
        template = self.world.templates("second")["Palabre-production-Api"]
        template.body["Resources"][role.logical]["Properties"]["ManagedPolicyArns"] = [managed]
        template.body["Resources"][role.logical]["Properties"]["Policies"] = [
            {"PolicyName": "other", "PolicyDocument": other}]
        self.world.apply(template)
        iam = self.client("iam")
        self.assertEqual(iam.list_role_policies(RoleName=role.ref)["PolicyNames"], ["other"])
        self.assertEqual(iam.get_role_policy(RoleName=role.ref, PolicyName="other")["PolicyDocument"], other)
        attached = iam.list_attached_role_policies(RoleName=role.ref)["AttachedPolicies"]
        self.assertEqual([each["PolicyArn"] for each in attached], [managed])

    def test_of_what_watches_reaches_it(self) -> None:
        self.change("Site", "Site", VersioningConfiguration=lambda _: {"Status": "Suspended"})
        versioning = self.client("s3").get_bucket_versioning(Bucket=f"palabre-production-site-{ACCOUNT}")
        self.assertEqual(versioning["Status"], "Suspended")
        alarm = next(each for each in self.stack("Watch").of_type("AWS::CloudWatch::Alarm"))
        self.change("Watch", alarm.logical, Threshold=lambda _: 17)
        (found,) = self.client("cloudwatch").describe_alarms(AlarmNames=[alarm.ref])["MetricAlarms"]
        self.assertEqual(found["Threshold"], 17)
        schedule = self.stack("Backup").of_type("AWS::Scheduler::Schedule")[0]
        self.change("Backup", schedule.logical, ScheduleExpression=lambda _: "rate(2 days)")
        self.assertEqual(self.client("scheduler").get_schedule(Name=schedule.ref)["ScheduleExpression"], "rate(2 days)")
        probe = self.stack("Probe").one("AWS::Route53::HealthCheck")
        self.change("Probe", probe.logical, HealthCheckConfig=lambda config: {**config, "FailureThreshold": 5})
        found = self.client("route53").get_health_check(HealthCheckId=probe.ref)["HealthCheck"]["HealthCheckConfig"]
        self.assertEqual(found["FailureThreshold"], 5)
        dashboard = self.stack("Watch").one("AWS::CloudWatch::Dashboard")
        self.change("Watch", dashboard.logical, DashboardBody=lambda _: '{"widgets": []}')
        body = self.client("cloudwatch").get_dashboard(DashboardName=dashboard.ref)["DashboardBody"]
        self.assertEqual(body, '{"widgets": []}')

    def test_of_a_secret_by_hand_is_not_seen(self) -> None:
        secrets, secret = self.client("secretsmanager"), "palabre/production/edge-2"
        before = secrets.get_secret_value(SecretId=secret)["SecretString"]
        secrets.put_secret_value(SecretId=secret, SecretString="by hand")
        stacks = dict(self.world.stacks)
        self.world.apply_all("second")
        self.assertEqual(self.world.stacks, stacks)
        secrets.put_secret_value(SecretId=secret, SecretString=before)


if __name__ == "__main__":
    unittest.main()
