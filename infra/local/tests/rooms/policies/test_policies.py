# SPDX-License-Identifier: Apache-2.0
"""What IAM would say, in tables of cases after AWS's own pages."""

import unittest

from localaws.policies import Request, Verdict, identity_allows, resource_allows

ROLE = "arn:aws:iam::123456789012:role/palabre-local-api"
TABLE = "arn:aws:dynamodb:eu-west-3:123456789012:table/Comments"
ALLOWED, DENIED, SILENT, DELEGATED = Verdict.ALLOWED, Verdict.DENIED, Verdict.SILENT, Verdict.DELEGATED


def statement(effect="Allow", action="dynamodb:Query", resource=TABLE, **more):
    return {"Effect": effect, "Action": action, "Resource": resource} | more


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def asking(action="dynamodb:Query", resource=TABLE, principal=ROLE, **context):
    return Request(principal, action, resource, {name.replace("__", ":"): value for name, value in context.items()})


class IdentityTest(unittest.TestCase):
    def says(self, verdict, statements, request=asking()):
        self.assertIs(identity_allows([document(*statements)], request), verdict)

    def test_what_nothing_names_is_silent(self):
        self.says(SILENT, [])
        self.says(SILENT, [statement(action="dynamodb:Scan")])
        self.says(SILENT, [statement(resource=TABLE + "2")])

    def test_a_deny_wins_wherever_it_stands(self):
        allow, deny = statement(), statement(effect="Deny", action="dynamodb:*")
        for first, second in ((allow, deny), (deny, allow)):
            self.says(DENIED, [first, second])
            self.assertIs(identity_allows([document(first), document(second)], asking()), DENIED)

    def test_actions_have_no_case_and_both_wildcards(self):
        for action in ("DynamoDB:query", "dynamodb:Q*", "dynamodb:Qu?ry", "*", ["s3:GetObject", "dynamodb:Query"]):
            self.says(ALLOWED, [statement(action=action)])
        for action in ("dynamodb:Quer", "dynamodb:Qu?uery", "dynamodbQuery", "dynamodb.Query"):
            self.says(SILENT, [statement(action=action)])

    def test_resources_have_case(self):
        self.says(SILENT, [statement(resource=TABLE.lower())])

    def test_wildcards_of_resources(self):
        index = asking(resource=TABLE + "/index/a")
        self.says(ALLOWED, [statement(resource=TABLE + "/index/*")], index)
        self.says(SILENT, [statement(resource=TABLE + "/index/*")])
        self.says(SILENT, [statement(resource=TABLE)], index)
        stream = asking("logs:PutLogEvents", "arn:aws:logs:eu-west-3:123456789012:log-group:/a/b:log-stream:c:d")
        group = "arn:aws:logs:eu-west-3:123456789012:log-group:"
        self.says(ALLOWED, [statement(action="logs:*", resource=group + "*")], stream)
        self.says(ALLOWED, [statement(action="logs:*", resource=group + "/a/?:log-stream:*")], stream)
        # In the middle of a segment it stays there.
        self.says(SILENT, [statement(action="logs:*", resource=group + "/*d")], stream)

    def test_dots_are_dots(self):
        self.says(SILENT, [statement(resource="arn:aws:s3:::a.b")], asking(resource="arn:aws:s3:::axb"))

    def test_what_is_excepted(self):
        excepted = {"Effect": "Allow", "NotAction": "dynamodb:Delete*", "NotResource": TABLE + "2"}
        self.says(ALLOWED, [excepted])
        self.says(SILENT, [excepted], asking("dynamodb:DeleteTable"))
        self.says(SILENT, [excepted], asking(resource=TABLE + "2"))

    def test_what_it_does_not_know_is_never_guessed(self):
        for unknown in (
            statement(Condition={"NumericLessThan": {"s3:max-keys": "10"}}),
            statement(Condition={"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}),
            statement(resource="arn:aws:s3:::${aws:username}"),
            statement(Condition={"StringEquals": {"aws:username": "${aws:username}"}}),
            statement(resource="table/Comments"),
            statement(Conditions={}),
        ):
            with self.subTest(unknown), self.assertRaises(NotImplementedError):
                # Hidden neither by a match that failed before, nor by one that comes after.
                self.says(SILENT, [statement(effect="Deny"), unknown], asking("dynamodb:Scan"))

    def test_an_identity_names_its_resources(self):
        with self.assertRaises(ValueError):
            self.says(SILENT, [{"Effect": "Allow", "Action": "s3:*"}])


class ConditionTest(unittest.TestCase):
    def test_operators(self):
        arn = "arn:aws:cloudfront::123456789012:distribution/E1"
        cases = [
            ("StringEquals", ["a", "b"], "b", True),
            ("StringEquals", "a", "A", False),
            ("StringEquals", "a", None, False),
            ("StringEqualsIfExists", "a", None, True),
            ("StringEqualsIfExists", "a", "b", False),
            ("StringNotEquals", "a", "b", True),
            ("StringNotEquals", ["a", "b"], "b", False),
            ("StringNotEquals", "a", None, True),
            ("StringLike", "repo:ines/*:x", "repo:ines/portfolio:x", True),
            ("StringLike", "repo:ines/*", "repo:other", False),
            ("Bool", "false", "False", True),
            ("Bool", True, "false", False),
            ("Bool", "false", None, False),
            ("BoolIfExists", "false", None, True),
            ("Null", "true", None, True),
            ("Null", "true", "a", False),
            ("Null", "false", "a", True),
            ("ArnLike", "arn:aws:cloudfront::123456789012:distribution/*", arn, True),
            ("ArnEquals", "arn:aws:*::123456789012:distribution/E?", arn, True),
            ("ArnLike", "arn:aws:cloudfront:*:distribution/E1:*", arn, False),
            ("ArnLike", "arn:aws:cloudfront::123456789012:distribution/E2", arn, False),
            ("ArnLike", "arn:aws:cloudfront::123456789012:distribution/E1", "E1", False),
        ]
        for operator, wanted, value, holds in cases:
            with self.subTest(operator=operator, wanted=wanted, value=value):
                asked = Request(ROLE, "s3:GetObject", "*", {} if value is None else {"aws:Key": value})
                condition = {operator: {"AWS:key": wanted}}
                said = identity_allows([document(statement(action="*", resource="*", Condition=condition))], asked)
                self.assertIs(said, ALLOWED if holds else SILENT)

    def test_all_conditions_have_to_hold(self):
        both = statement(Condition={"StringEquals": {"a:b": "1", "a:c": "2"}, "Bool": {"a:d": "true"}})
        said = [identity_allows([document(both)], asking(a__b="1", a__c="2", a__d=d)) for d in ("true", "false")]
        self.assertEqual(said, [ALLOWED, SILENT])


class ResourceTest(unittest.TestCase):
    def test_principals(self):
        user, service = "arn:aws:iam::123456789012:user/a", "cloudfront.amazonaws.com"
        provider = "arn:aws:iam::123456789012:oidc-provider/token.example"
        cases = [
            ("*", service, ALLOWED),
            ({"AWS": "*"}, ROLE, ALLOWED),
            ({"AWS": [user, ROLE]}, ROLE, ALLOWED),
            ({"AWS": user}, ROLE, SILENT),
            ({"Service": service}, service, ALLOWED),
            ({"Service": service}, ROLE, SILENT),
            ({"Service": "s3.amazonaws.com", "AWS": ROLE}, ROLE, ALLOWED),
            ({"Federated": provider}, provider, ALLOWED),
            ({"Federated": provider}, ROLE, SILENT),
            ({"AWS": "123456789012"}, ROLE, DELEGATED),
            ({"AWS": "arn:aws:iam::123456789012:root"}, ROLE, DELEGATED),
            ({"AWS": "arn:aws:iam::210987654321:root"}, ROLE, SILENT),
            ({"AWS": "123456789012"}, service, SILENT),
        ]
        for named, principal, verdict in cases:
            with self.subTest(named=named, principal=principal):
                said = resource_allows(document(statement(Principal=named)), asking(principal=principal))
                self.assertIs(said, verdict)

    def test_a_deny_of_the_account_is_a_deny(self):
        denied = document(statement(Principal="*"), statement(effect="Deny", Principal={"AWS": "123456789012"}))
        self.assertIs(resource_allows(denied, asking()), DENIED)

    def test_forms_that_it_does_not_know(self):
        for named in ({"CanonicalUser": "a"}, {"Service": "*"}, {"AWS": "arn:aws:iam::123456789012:role/*"}, "a"):
            with self.subTest(named), self.assertRaises(NotImplementedError):
                resource_allows(document(statement(Principal=named)), asking())
        with self.assertRaises(NotImplementedError):
            resource_allows(document(statement(NotPrincipal="*")), asking())

    def test_the_policy_of_our_gateway(self):
        everything = {"Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Principal": {"AWS": "*"}}
        secret = {"StringNotEquals": {"aws:Referer": "s3cret"}}
        policy = document({"Effect": "Allow"} | everything, {"Effect": "Deny", "Condition": secret} | everything)
        api = "arn:aws:execute-api:eu-west-3:123456789012:abc/live/GET/health"
        said = [
            resource_allows(policy, Request("*", "execute-api:Invoke", api, context))
            for context in ({}, {"aws:Referer": "else"}, {"aws:Referer": "s3cret"})
        ]
        self.assertEqual(said, [DENIED, DENIED, ALLOWED])

    def test_a_trust_policy_stands_on_its_role(self):
        trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
        asked = asking("sts:AssumeRole", ROLE, "lambda.amazonaws.com")
        self.assertIs(resource_allows(document(trust), asked), ALLOWED)


if __name__ == "__main__":
    unittest.main()
