# SPDX-License-Identifier: Apache-2.0
"""What moto does not have: made, changed, read back and deleted."""
import unittest

from localaws.services import ACCOUNT

from .case import CloudCase


class GapsTest(CloudCase):
    def test_policies_of_cloudfront_can_be_read_back(self):
        front = self.cloud.client("cloudfront")
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
        front, origins = self.cloud.client("cloudfront"), []
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
        front, config = self.cloud.client("cloudfront"), {"Comment": "a", "Runtime": "cloudfront-js-2.0"}
        made = front.create_function(Name="index", FunctionConfig=config, FunctionCode=b"function handler(e) {}")
        changed = front.update_function(
            Name="index", IfMatch=made["ETag"], FunctionConfig=config, FunctionCode=b"// \xc3\xa9"
        )
        front.publish_function(Name="index", IfMatch=changed["ETag"])
        self.assertEqual(front.get_function(Name="index")["FunctionCode"].read(), b"// \xc3\xa9")
        told = front.describe_function(Name="index")["FunctionSummary"]["FunctionMetadata"]
        self.assertEqual(told["Stage"], "LIVE")

    def test_releases_that_change_and_stop(self):
        deploy = self.cloud.client("codedeploy")
        deploy.create_application(applicationName="a", computePlatform="Lambda")
        group = {"applicationName": "a", "serviceRoleArn": self.make_role("releases", [])}
        deploy.create_deployment_group(deploymentGroupName="g", **group)
        alarms = {"enabled": True, "alarms": [{"name": "errors"}]}
        deploy.update_deployment_group(applicationName="a", currentDeploymentGroupName="g", alarmConfiguration=alarms)
        told = deploy.get_deployment_group(applicationName="a", deploymentGroupName="g")["deploymentGroupInfo"]
        self.assertEqual(told["alarmConfiguration"]["alarms"], [{"name": "errors"}])
        deploy.delete_deployment_group(applicationName="a", deploymentGroupName="g")
        deploy.delete_application(applicationName="a")
        self.assertEqual(deploy.list_applications()["applications"], [])


    def test_a_budget_that_changes(self):
        budgets, name = self.cloud.client("budgets"), {"AccountId": ACCOUNT, "BudgetName": "month"}
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


if __name__ == "__main__":
    unittest.main()
