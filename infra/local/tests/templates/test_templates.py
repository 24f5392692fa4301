# SPDX-License-Identifier: Apache-2.0
"""Functions, references, order, spelling: what needs no service."""
import unittest
from types import SimpleNamespace

import botocore.session

from localaws.templates import apply
from localaws.templates.dynamic import with_values
from localaws.templates.errors import (Cycle, ParameterError, TemplateError, UnknownIntrinsic, UnknownProperty,
                                       UnknownType, Unresolved)
from localaws.templates.given import Given
from localaws.templates.intrinsics import Scope
from localaws.templates.order import creation_order
from localaws.templates.shapes import shaped
from localaws.templates.stack import Resource, Stack
from localaws.templates.types.lambdas import _qualified


def scope() -> Scope:
    table = Resource("Table", "AWS::DynamoDB::Table", {}, "comments", {"Arn": "arn:table", "Stream.Arn": "arn:stream"})
    data = Stack("Data", "eu-west-3", outputs={"Pool": "pool-1"}, exports={"Shared": "shared-1"})
    abroad = Stack("Edge", "us-east-1", exports={"Firewall": "acl"})
    pseudo = {"AWS::Region": "eu-west-3", "AWS::AccountId": "123456789012"}
    return Scope(pseudo, {"Version": "30"}, {"Table": table}, {"Zones": {"aws": {"id": "Z2"}}},
                 {"Data": data, "Edge": abroad})


class Functions(unittest.TestCase):
    def test_have_their_values(self) -> None:
        for function, value in [
            ({"Ref": "AWS::Region"}, "eu-west-3"),
            ({"Ref": "Version"}, "30"),
            ({"Ref": "Table"}, "comments"),
            ({"Fn::GetAtt": ["Table", "Arn"]}, "arn:table"),
            ({"Fn::GetAtt": "Table.Stream.Arn"}, "arn:stream"),
            ({"Fn::Join": ["/", ["a", {"Ref": "Table"}, 3]]}, "a/comments/3"),
            ({"Fn::Select": [1, {"Fn::Split": [":", "a:b:c"]}]}, "b"),
            ({"Fn::Sub": "${AWS::AccountId}-${Table}-${Table.Arn}-${!Kept}"},
             "123456789012-comments-arn:table-${Kept}"),
            ({"Fn::Sub": ["${One}${Table}", {"One": {"Ref": "Version"}}]}, "30comments"),
            ({"Fn::FindInMap": ["Zones", "aws", "id"]}, "Z2"),
            ({"Fn::GetStackOutput": {"StackName": "Data", "OutputName": "Pool", "Region": "eu-west-3"}}, "pool-1"),
            ({"Fn::ImportValue": "Shared"}, "shared-1"),
            ({"Fn::Not": [{"Fn::Contains": [["1", "30"], {"Ref": "Version"}]}]}, False),
            ({"Kept": [1, {"Ref": "AWS::NoValue"}], "Gone": {"Ref": "AWS::NoValue"}}, {"Kept": [1]}),
            # A statement of a policy has a key that is a function elsewhere.
            ({"Condition": {"Bool": {"a": "false"}}}, {"Condition": {"Bool": {"a": "false"}}}),
        ]:
            with self.subTest(function):
                self.assertEqual(scope().resolve(function), value)

    def test_without_a_value_raise(self) -> None:
        for function, error in [
            ({"Ref": "Nobody"}, Unresolved),
            ({"Fn::GetAtt": ["Table", "Wrong"]}, Unresolved),
            ({"Fn::Select": [3, ["a"]]}, Unresolved),
            ({"Fn::Select": [-1, ["a"]]}, Unresolved),
            ({"Fn::FindInMap": ["Zones", "aws", "name"]}, Unresolved),
            ({"Fn::GetStackOutput": {"StackName": "Data", "OutputName": "Wrong"}}, Unresolved),
            ({"Fn::GetStackOutput": {"StackName": "Data", "OutputName": "Pool", "Region": "us-east-1"}}, Unresolved),
            ({"Fn::ImportValue": "Firewall"}, Unresolved),  # of another region
            ({"Fn::Base64": "text"}, UnknownIntrinsic),
            ({"Fn::If": ["a", 1, 2]}, UnknownIntrinsic),
            ({"Condition": "IsProduction"}, UnknownIntrinsic),
            ({"Fn::Join": ["", []], "Beside": 1}, UnknownIntrinsic),
            ({"Fn::Join": ["", [{"Not": "a text"}]]}, UnknownIntrinsic),
        ]:
            with self.subTest(function), self.assertRaises(error):
                scope().resolve(function)


class DynamicReferences(unittest.TestCase):
    def client(self, service: str) -> SimpleNamespace:
        def secret(SecretId: str, **which: str) -> dict:
            self.asked = which
            kept = {"plain": "s3cret", "arn:aws:secretsmanager:r:1:secret:x": '{"key": "v"}'}
            return {"SecretString": kept[SecretId]}

        return SimpleNamespace(get_secret_value=secret,
                               get_parameter=lambda Name: {"Parameter": {"Value": f"value of {Name}"}})

    def test_are_read(self) -> None:
        for text, value in [
            ("{{resolve:secretsmanager:plain:SecretString:::}}", "s3cret"),
            ("<{{resolve:secretsmanager:plain}}>", "<s3cret>"),
            ("{{resolve:secretsmanager:arn:aws:secretsmanager:r:1:secret:x:SecretString:key::}}", "v"),
            ("{{resolve:ssm:/palabre/a:3}}", "value of /palabre/a:3"),
            ("{{not a reference}}", "{{not a reference}}"),
        ]:
            with self.subTest(text):
                self.assertEqual(with_values([{"a": text}], self.client), [{"a": value}])

    def test_name_the_version_that_they_want(self) -> None:
        with_values("{{resolve:secretsmanager:plain:SecretString::AWSPREVIOUS:7}}", self.client)
        self.assertEqual(self.asked, {"VersionStage": "AWSPREVIOUS", "VersionId": "7"})

    def test_raise_when_they_are_not_understood(self) -> None:
        for text, error in [
            ("{{resolve:ssm-secure:/palabre/a}}", UnknownIntrinsic),
            ("{{resolve:secretsmanager:arn:aws:secretsmanager:r:1:secret:x:SecretString:other::}}", Unresolved),
        ]:
            with self.subTest(text), self.assertRaises(error):
                with_values(text, self.client)


class Order(unittest.TestCase):
    def test_puts_what_is_needed_first(self) -> None:
        resources = {
            "A": {"Properties": {"x": [{"Fn::GetAtt": ["B", "Arn"]}]}},
            "B": {"Properties": {"x": {"Fn::Sub": "${C.Arn} ${AWS::Region}"}}},
            "C": {"UpdatePolicy": {"x": {"Ref": "D"}}},
            "D": {"DependsOn": ["E"]},
            "E": {"Properties": {"x": {"Fn::Sub": ["${own}", {"own": {"Ref": "F"}}]}}},
            "F": {},
        }
        self.assertEqual(creation_order(resources), ["F", "E", "D", "C", "B", "A"])

    def test_names_a_cycle(self) -> None:
        resources = {"A": {"DependsOn": "B"}, "B": {"Properties": {"x": {"Ref": "C"}}}, "C": {"DependsOn": ["B"]}}
        with self.assertRaisesRegex(Cycle, "^B needs C needs B$"):
            creation_order(resources)

    def test_names_what_is_missing(self) -> None:
        with self.assertRaisesRegex(Unresolved, "A depends on B"):
            creation_order({"A": {"DependsOn": "B"}})


class Spelling(unittest.TestCase):
    def shape(self, service: str, operation: str) -> object:
        return botocore.session.get_session().get_service_model(service).operation_model(operation).input_shape

    def test_is_that_of_the_api(self) -> None:
        for service, operation, given, wanted in [
            ("apigateway", "CreateAuthorizer",
             {"RestApiId": "a", "ProviderARNs": ["b"], "AuthorizerResultTtlInSeconds": "0"},
             {"restApiId": "a", "providerARNs": ["b"], "authorizerResultTtlInSeconds": 0}),
            ("iam", "CreateRole", {"AssumeRolePolicyDocument": {"Statement": []}},
             {"AssumeRolePolicyDocument": '{"Statement": []}'}),
            ("ssm", "PutParameter", {"Tags": {"a": "b"}}, {"Tags": [{"Key": "a", "Value": "b"}]}),
            ("lambda", "CreateFunction", {"Tags": [{"Key": "a", "Value": "b"}]}, {"Tags": {"a": "b"}}),
            ("cloudfront", "CreateOriginRequestPolicy",
             {"OriginRequestPolicyConfig": {"HeadersConfig": {"Headers": ["origin"]}}},
             {"OriginRequestPolicyConfig": {"HeadersConfig": {"Headers": {"Quantity": 1, "Items": ["origin"]}}}}),
            ("sqs", "CreateQueue", {"Attributes": {"SqsManagedSseEnabled": True}},
             {"Attributes": {"SqsManagedSseEnabled": "true"}}),
        ]:
            with self.subTest(operation):
                self.assertEqual(shaped(self.shape(service, operation), given, {}), wanted)

    def test_what_the_api_does_not_know_raises_and_says_where(self) -> None:
        for service, operation, given, path in [
            ("dynamodb", "CreateTable", {"GlobalSecondaryIndexes": [{"Unheard": 1}]},
             r"GlobalSecondaryIndexes\[\]\.Unheard"),
            ("sqs", "CreateQueue", {"Attributes": {"Unheard": 1}}, r"Attributes\.Unheard"),
            ("lambda", "CreateFunction", {"Tags": [{"Key": "a", "Value": "b", "Unheard": 1}]}, "Tags"),
            ("lambda", "CreateFunction", {"MemorySize": {"Unheard": 1}}, "MemorySize"),
        ]:
            with self.subTest(operation), self.assertRaisesRegex(UnknownProperty, path):
                shaped(self.shape(service, operation), given, {})


class WhatIsGiven(unittest.TestCase):
    def test_must_all_be_taken(self) -> None:
        given = Given({"a": {"b": 1, "c": 2}, "d": [{"e": 3}]})
        given.part("a").take("b")
        given.parts("d")
        with self.assertRaisesRegex(UnknownProperty, r"nobody reads a\.c"):
            given.done()

    def test_may_all_be_passed_on(self) -> None:
        given = Given({"a": 1})
        self.assertEqual(given.rest(), {"a": 1})
        given.done()


class Templates(unittest.TestCase):
    def apply(self, template: dict, parameters: dict = {}) -> Stack:
        def no_client(service: str, region: str) -> None:
            raise AssertionError(f"{service} was asked before the template was read")

        return apply({"Resources": {}, **template}, name="Stack", region="eu-west-3", account="123456789012",
                     parameters=parameters, others={}, before=None, client=no_client)

    def test_with_what_is_not_understood_raise_before_anything_is_made(self) -> None:
        table = {"Type": "AWS::DynamoDB::Table", "Properties": {}}
        for template, error, message in [
            ({"Conditions": {}}, TemplateError, "Conditions"),
            ({"Resources": {"Table": {**table, "CreationPolicy": {}}}}, TemplateError, "Table: CreationPolicy"),
            ({"Resources": {"Table": {**table, "DeletionPolicy": "Snapshot"}}}, TemplateError, "Table: DeletionPolicy"),
            ({"Resources": {"Table": table, "Odd": {"Type": "AWS::Odd::Thing"}}}, UnknownType,
             "Odd: .*AWS::Odd::Thing"),
            ({"Parameters": {"A": {"Type": "String"}}}, ParameterError, "A: no value"),
            ({"Parameters": {"A": {"Type": "Number", "Default": 1}}}, ParameterError, "A: the type Number"),
        ]:
            with self.subTest(message), self.assertRaisesRegex(error, message):
                self.apply(template)

    def test_take_parameters_and_keep_their_rules(self) -> None:
        template = {
            "Parameters": {"A": {"Type": "String", "Default": "1"}},
            "Rules": {"NotTwo": {"Assertions": [{"Assert": {"Fn::Not": [{"Fn::Contains": [["2"], {"Ref": "A"}]}]},
                                                 "AssertDescription": "two is wrong"}]}},
            "Outputs": {"A": {"Value": {"Ref": "A"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-a"}}}},
        }
        self.assertEqual(self.apply(template).outputs, {"A": "1"})
        self.assertEqual(self.apply(template, {"A": "3"}).exports, {"Stack-a": "3"})
        with self.assertRaisesRegex(ParameterError, "NotTwo: two is wrong"):
            self.apply(template, {"A": "2"})
        with self.assertRaisesRegex(ParameterError, "B: the template has no such parameter"):
            self.apply(template, {"B": "2"})


class QualifiedNames(unittest.TestCase):
    def test_of_functions_are_taken_apart(self) -> None:
        name = "arn:aws:lambda:eu-west-3:123456789012:function:api"
        self.assertEqual(_qualified(f"{name}:live"), (name, {"Qualifier": "live"}))
        self.assertEqual(_qualified("api"), ("api", {}))


if __name__ == "__main__":
    unittest.main()
