# SPDX-License-Identifier: Apache-2.0
"""What the services say once our templates were applied: gateway, functions, releases, roles."""
import json
import unittest

from .applied import ACCOUNT, HOME
from .case import AppliedCase

FUNCTION = "palabre-production-api"


class Gateway(AppliedCase):
    def setUp(self) -> None:
        self.api = self.one("Api", "ApiGateway::RestApi").ref

    def routes(self) -> dict[tuple[str, str], dict]:
        found = self.client("apigateway").get_resources(restApiId=self.api, embed=["methods"], limit=500)["items"]
        return {(method, each["path"]): how for each in found
                for method, how in each.get("resourceMethods", {}).items()}

    def test_has_all_routes(self) -> None:
        routes = self.routes()
        self.assertEqual(len(routes), len(self.stack("Api").of_type("AWS::ApiGateway::Method")))
        self.assertLessEqual({("POST", "/commentaires"), ("PATCH", "/commentaires/{id}"), ("GET", "/health"),
                              ("PUT", "/moderation/sections"), ("GET", "/missing-page/{proxy+}")}, set(routes))

    def test_routes_ask_the_alias_or_answer_themselves(self) -> None:
        alias = self.one("Api", "Lambda::Alias").ref
        for route, how in self.routes().items():
            integration = how["methodIntegration"]
            if route[1].startswith("/missing-page"):
                self.assertEqual(integration["type"], "MOCK")
                answer = integration["integrationResponses"]["404"]
                self.assertIn("<h1>first</h1>", answer["responseTemplates"]["text/html"])
                self.assertTrue(how["methodResponses"]["404"]["responseParameters"])
            else:
                self.assertEqual((integration["type"], integration["httpMethod"]), ("AWS_PROXY", "POST"))
                self.assertIn(f"functions/{alias}/invocations", integration["uri"])

    def test_routes_want_keys_people_and_parameters(self) -> None:
        routes, authorizer = self.routes(), self.one("Api", "ApiGateway::Authorizer").ref
        validator = self.one("Api", "ApiGateway::RequestValidator").ref
        for (method, path), how in routes.items():
            signed_in = path.startswith("/moderation") and method not in ("OPTIONS", "HEAD")
            with self.subTest(f"{method} {path}"):
                self.assertEqual(how["apiKeyRequired"], (method, path) == ("POST", "/commentaires"))
                if signed_in:
                    self.assertEqual(how["authorizationType"], "COGNITO_USER_POOLS")
                    self.assertEqual(how["authorizerId"], authorizer)
        read = routes["GET", "/commentaires"]
        self.assertEqual(read["requestParameters"], {"method.request.querystring.sectionId": True})
        self.assertEqual(read["requestValidatorId"], validator)
        found = self.client("apigateway").get_request_validator(restApiId=self.api, requestValidatorId=validator)
        self.assertTrue(found["validateRequestParameters"])

    def test_the_authorizer_asks_the_pool(self) -> None:
        authorizer = self.one("Api", "ApiGateway::Authorizer").ref
        found = self.client("apigateway").get_authorizer(restApiId=self.api, authorizerId=authorizer)
        self.assertEqual(found["providerARNs"], [self.one("Data", "Cognito::UserPool").attributes["Arn"]])
        self.assertEqual((found["type"], found["identitySource"], found["authorizerResultTtlInSeconds"]),
                         ("COGNITO_USER_POOLS", "method.request.header.Authorization", 0))

    def test_errors_are_problems_and_have_cors(self) -> None:
        found = self.client("apigateway").get_gateway_responses(restApiId=self.api)["items"]
        ours = {each["responseType"]: each for each in found if not each["defaultResponse"]}
        self.assertEqual(len(ours), 16)
        for name, each in ours.items():
            with self.subTest(name):
                headers = each["responseParameters"]
                self.assertEqual(headers["gatewayresponse.header.Content-Type"], "'application/problem+json'")
                origin = headers["gatewayresponse.header.Access-Control-Allow-Origin"]
                self.assertEqual(origin, "'https://blog.example'")
                problem = json.loads(each["responseTemplates"]["application/json"])
                self.assertTrue(problem["type"].startswith("urn:palabre:problem:"))
        self.assertEqual(ours["BAD_REQUEST_PARAMETERS"]["statusCode"], "400")

    def test_refuses_who_does_not_show_the_secret(self) -> None:
        policy = json.loads(self.client("apigateway").get_rest_api(restApiId=self.api)["policy"])
        deny = next(each for each in policy["Statement"] if each["Effect"] == "Deny")
        secret = self.client("secretsmanager").get_secret_value(SecretId="palabre/production/edge-1")["SecretString"]
        self.assertEqual(deny["Condition"], {"StringNotEquals": {"aws:Referer": secret}})

    def test_the_stage_is_slowed_and_logged(self) -> None:
        stage = self.client("apigateway").get_stage(restApiId=self.api, stageName="live")
        methods = stage["methodSettings"]["*/*"]
        self.assertEqual((methods["throttlingRateLimit"], methods["throttlingBurstLimit"], methods["metricsEnabled"],
                          methods["dataTraceEnabled"]), (100, 200, True, False))
        log = stage["accessLogSettings"]
        self.assertEqual(log["destinationArn"],
                         f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/aws/apigateway/palabre-production")
        self.assertNotIn("sourceIp", log["format"])
        self.assertEqual(json.loads(log["format"])["status"], "$context.status")
        self.assertEqual(stage["deploymentId"], self.one("Api", "ApiGateway::Deployment").ref)

    def test_the_account_may_write_logs(self) -> None:
        role = self.client("apigateway").get_account()["cloudwatchRoleArn"]
        attached = self.client("iam").list_attached_role_policies(RoleName=role.rsplit("/", 1)[1])["AttachedPolicies"]
        self.assertEqual([each["PolicyName"] for each in attached], ["AmazonAPIGatewayPushToCloudWatchLogs"])

    def test_the_plan_counts_the_key_of_the_page(self) -> None:
        plan = self.client("apigateway").get_usage_plan(usagePlanId=self.one("Api", "ApiGateway::UsagePlan").ref)
        self.assertEqual(plan["apiStages"], [{"apiId": self.api, "stage": "live"}])
        self.assertEqual(plan["throttle"], {"burstLimit": 20, "rateLimit": 5})
        self.assertEqual(plan["quota"], {"limit": 5000, "period": "DAY"})
        (key,) = self.client("apigateway").get_usage_plan_keys(usagePlanId=plan["id"])["items"]
        self.assertEqual(key["id"], self.one("Api", "ApiGateway::ApiKey").ref)
        self.assertTrue(self.client("apigateway").get_api_key(apiKey=key["id"])["enabled"])

    def test_with_keys_of_our_own_there_is_no_plan(self) -> None:
        names = {each["name"] for each in self.client("apigateway").get_usage_plans()["items"]}
        self.assertEqual(names, {"palabre-production-site", "palabre-staging-site"})

    def test_the_firewall_stands_at_the_stage_where_it_was_asked_for(self) -> None:
        api = self.one("Api", "ApiGateway::RestApi", "third").ref
        found = self.client("wafv2").get_web_acl_for_resource(
            ResourceArn=f"arn:aws:apigateway:{HOME}::/restapis/{api}/stages/live")["WebACL"]
        self.assertEqual(found["Name"], "palabre-third")


class Functions(AppliedCase):
    def test_are_as_the_options_say(self) -> None:
        for environment, architecture in [("production", "arm64"), ("staging", "arm64"), ("third", "x86_64")]:
            for duty in ("api", "backup"):
                with self.subTest(f"{environment} {duty}"):
                    name = f"palabre-{environment}-{duty}"
                    found = self.client("lambda").get_function_configuration(FunctionName=name)
                    self.assertEqual((found["Architectures"], found["Handler"], found["Runtime"], found["Role"]),
                                     ([architecture], duty, "provided.al2023", f"arn:aws:iam::{ACCOUNT}:role/{name}"))

    def test_find_their_data(self) -> None:
        def variables(duty: str) -> dict:
            return self.client("lambda").get_function_configuration(
                FunctionName=f"palabre-production-{duty}")["Environment"]["Variables"]

        self.assertEqual(variables("api"), {
            "PALABRE_CLIENT_HEADER": "cloudfront-viewer-address", "PALABRE_PARAMETERS": "/palabre/production/",
            "PALABRE_TABLE": "CommentairesAlternance"})
        self.assertEqual(variables("backup"), {
            "PALABRE_TABLE": "CommentairesAlternance",
            "PALABRE_BACKUP_PLACE": f"s3://palabre-production-backup-{ACCOUNT}/palabre",
            "PALABRE_SITE_PLACE": f"s3://palabre-production-site-{ACCOUNT}"})

    def test_the_alias_points_to_the_first_version_and_the_gateway_may_call_it(self) -> None:
        self.assertEqual(self.client("lambda").get_alias(FunctionName=FUNCTION, Name="live")["FunctionVersion"], "1")
        policy = json.loads(self.client("lambda").get_policy(FunctionName=FUNCTION, Qualifier="live")["Policy"])
        (statement,) = policy["Statement"]
        self.assertEqual(statement["Principal"], {"Service": "apigateway.amazonaws.com"})
        self.assertTrue(statement["Resource"].endswith(f":function:{FUNCTION}:live"))
        api = self.one("Api", "ApiGateway::RestApi").ref
        self.assertEqual(statement["Condition"], {"ArnLike": {
            "AWS:SourceArn": f"arn:aws:execute-api:{HOME}:{ACCOUNT}:{api}/*/*/*"}})

    def test_are_released_by_codedeploy(self) -> None:
        for environment, how in [("production", "LambdaCanary10Percent10Minutes"), ("staging", "LambdaAllAtOnce")]:
            group = self.client("codedeploy").get_deployment_group(
                applicationName=f"palabre-{environment}", deploymentGroupName=f"palabre-{environment}-api")
            found = group["deploymentGroupInfo"]
            self.assertEqual(found["deploymentConfigName"], f"CodeDeployDefault.{how}")
            self.assertEqual(found["autoRollbackConfiguration"], {
                "enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]})
            role = found["serviceRoleArn"].rsplit("/", 1)[1]
            attached = self.client("iam").list_attached_role_policies(RoleName=role)["AttachedPolicies"]
            self.assertEqual([each["PolicyName"] for each in attached], ["AWSCodeDeployRoleForLambdaLimited"])

    def test_have_an_alarm_that_stops_a_release(self) -> None:
        group = self.client("codedeploy").get_deployment_group(
            applicationName="palabre-production", deploymentGroupName="palabre-production-api")["deploymentGroupInfo"]
        self.assertEqual(group["alarmConfiguration"], {
            "enabled": True, "alarms": [{"name": "palabre-production-new-version-fails"}]})


class Roles(AppliedCase):
    def statements(self, role: str) -> list[dict]:
        iam = self.client("iam")
        names = iam.list_role_policies(RoleName=role)["PolicyNames"]
        return [statement for name in names
                for statement in iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]["Statement"]]

    def test_are_as_the_templates_have_them(self) -> None:
        for stack in self.world.stacks.values():
            for role in stack.of_type("AWS::IAM::Role"):
                with self.subTest(role.ref):
                    wanted = [statement for policy in role.properties.get("Policies", [])
                              for statement in policy["PolicyDocument"]["Statement"]]
                    self.assertEqual(self.statements(role.ref), wanted)
                    trust = self.client("iam").get_role(RoleName=role.ref)["Role"]["AssumeRolePolicyDocument"]
                    self.assertEqual(trust, role.properties["AssumeRolePolicyDocument"])

    def test_of_the_function_reads_and_writes_its_own_table_alone(self) -> None:
        table = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/CommentairesAlternance"
        found = [each for each in self.statements(FUNCTION) if "dynamodb" in str(each["Action"])]
        self.assertEqual({each["Resource"] for each in found},
                         {table, f"{table}/index/*", f"{table}/index/sectionId-timestamp-index"})

    def test_of_github_trusts_one_repository_and_environment(self) -> None:
        role = self.client("iam").get_role(RoleName="palabre-production-github")["Role"]
        (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
        self.assertEqual(statement["Condition"]["StringEquals"]["token.actions.githubusercontent.com:sub"],
                         "repo:ines/portfolio:environment:production")
        provider = statement["Principal"]["Federated"]
        found = self.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=provider)
        self.assertEqual(found["ClientIDList"], ["sts.amazonaws.com"])


if __name__ == "__main__":
    unittest.main()
