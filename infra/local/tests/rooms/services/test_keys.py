# SPDX-License-Identifier: Apache-2.0
"""Whose key it is: who is let through, with what words the others are refused, and who comes without a key."""
import json
import unittest
from base64 import urlsafe_b64encode
from urllib.request import urlopen

from localaws.services import ACCOUNT

from ..roles import LAMBDA, allow, document, trust
from .case import BACKUPS, SITE, CloudCase


class KeysTest(CloudCase):
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
                self.refused(code, status, getattr(self.cloud.client(service, credentials=stranger), call))

    def test_a_known_key_with_another_secret(self):
        forged = self.cloud.administrator | {"SecretAccessKey": "guessed"}
        forger = lambda service: self.cloud.client(service, credentials=forged)
        self.refused("SignatureDoesNotMatch", 403, forger("s3").list_buckets)
        self.refused("InvalidSignatureException", 400, forger("ssm").get_parameter, Name="/a")
        self.refused("InvalidSignatureException", 403, forger("lambda").list_functions)

    def test_a_session_without_its_token(self):
        session = self.cloud.session(self.make_role("tokenless", [allow("*", "*")]), LAMBDA)
        del session["SessionToken"]
        self.refused("UnrecognizedClientException", 400, self.cloud.client("dynamodb", credentials=session).list_tables)

    def test_only_whom_it_trusts_gets_a_role(self):
        role = self.make_role("trusting", [])
        with self.assertRaises(PermissionError):
            self.cloud.session(role, "scheduler.amazonaws.com")
        own = trust(Service="scheduler.amazonaws.com") | {"Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}}}
        role = self.make_role("conditional", [], own)
        with self.assertRaises(PermissionError):
            self.cloud.session(role, "scheduler.amazonaws.com")
        told = self.cloud.session(role, "scheduler.amazonaws.com", {"aws:SourceAccount": ACCOUNT})
        self.assertIn("SessionToken", told)

    def test_a_role_assumes_what_trusts_its_account_and_what_it_may(self):
        first, second = (self.make_role(f"deploys-{n}", [], trust(AWS=ACCOUNT)) for n in (1, 2))
        sts = self.with_role("assumes-one", allow("sts:AssumeRole", first))("sts")
        assumed = sts.assume_role(RoleArn=first, RoleSessionName="tests")["Credentials"]
        self.refused("AccessDenied", 403, sts.assume_role, RoleArn=second, RoleSessionName="tests")
        me = self.cloud.client(
            "sts", credentials={k: assumed[k] for k in ("AccessKeyId", "SecretAccessKey", "SessionToken")}
        )
        self.assertEqual(me.get_caller_identity()["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/deploys-1/tests")

    def test_a_role_that_trusts_nobody_of_the_account(self):
        closed = self.make_role("closed", [])
        sts = self.with_role("assumes-all", allow("sts:AssumeRole", "*"))("sts")
        self.refused("AccessDenied", 403, sts.assume_role, RoleArn=closed, RoleSessionName="tests")

    def test_web_identities_by_their_claims(self):
        issuer = "token.actions.githubusercontent.com"
        wanted = {"StringEquals": {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": "repo:ines/a:environment:b"}}
        federated = trust(Federated=f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}") | {"Condition": wanted}
        role = self.make_role("github", [], federated)

        def assume(sub):
            claims = {"iss": f"https://{issuer}", "aud": "sts.amazonaws.com", "sub": sub}
            parts = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims)]
            sts = self.cloud.client("sts")
            return sts.assume_role_with_web_identity(
                RoleArn=role, RoleSessionName="tests", WebIdentityToken=".".join([*parts, ""])
            )

        self.assertIn("SessionToken", assume("repo:ines/a:environment:b")["Credentials"])
        self.refused("AccessDenied", 403, assume, "repo:ines/fork:environment:b")


class ReachTest(CloudCase):
    def test_keys_of_a_user_pool_need_no_signature(self):
        pool = self.cloud.client("cognito-idp").create_user_pool(PoolName="people")["UserPool"]["Id"]
        with urlopen(f"{self.cloud.url}/{pool}/.well-known/jwks.json") as answer:
            self.assertIn("keys", json.load(answer))

    def test_a_bucket_is_closed_to_those_without_a_signature(self):
        self.cloud.client("s3").put_object(Bucket=BACKUPS, Key="a", Body=b"x")
        with self.assertRaisesRegex(OSError, "403"):
            urlopen(f"{self.cloud.url}/{BACKUPS}/a")

    def test_a_bucket_that_is_open_is_open(self):
        s3, everyone = self.cloud.client("s3"), {"Principal": "*", "Resource": f"arn:aws:s3:::{SITE}/open/*"}
        s3.put_object(Bucket=SITE, Key="open/a", Body=b"x")
        s3.put_bucket_policy(Bucket=SITE, Policy=document(everyone | {"Effect": "Allow", "Action": "s3:GetObject"}))
        self.addCleanup(s3.delete_bucket_policy, Bucket=SITE)
        with urlopen(f"{self.cloud.url}/{SITE}/open/a") as answer:
            self.assertEqual(answer.read(), b"x")

    def test_a_part_answers_instead(self):
        self.cloud.answer_with("lambda", "Invoke", lambda call: {"StatusCode": 200, "Payload": call.body[::-1]})
        told = self.cloud.client("lambda").invoke(FunctionName="whatever", Payload=b"abc")
        self.assertEqual(told["Payload"].read(), b"cba")


if __name__ == "__main__":
    unittest.main()
