# SPDX-License-Identifier: Apache-2.0
"""Whose account it is, what is said when that cannot be told, and what is put there once."""

import base64
import http.server
import os
import threading
import unittest
import unittest.mock

import ground
from deploy import account, cdk, cloud, say, secret, site, stacks

REFUSAL = """<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
<Code>{}</Code><Message>no</Message></Error><RequestId>any</RequestId></ErrorResponse>"""


class Refuser(http.server.BaseHTTPRequestHandler):
    """Answers every question as AWS does when it will not."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(403)
        self.end_headers()
        self.wfile.write(REFUSAL.format(self.server.code).encode())

    def log_message(self, *_):
        pass


class Credentials(unittest.TestCase):
    def setUp(self):
        nothing = {"PATH": os.environ["PATH"], "HOME": "/nowhere", "AWS_EC2_METADATA_DISABLED": "true"}
        self.enterContext(unittest.mock.patch.dict(os.environ, nothing, clear=True))
        self.enterContext(unittest.mock.patch("boto3.DEFAULT_SESSION", None))

    def stopped(self) -> str:
        with self.assertRaises(say.Stop) as stopped:
            account.who_am_i(ground.REGION)
        self.assertIn(stopped.exception.status, (say.MISSING, say.WRONG_USE, say.FAILED))
        return str(stopped.exception)

    def test_none(self):
        self.assertIn("No credentials", self.stopped())

    def test_a_profile_that_is_not_there(self):
        os.environ["AWS_PROFILE"] = "nobody"
        self.assertIn("nobody", self.stopped())

    def test_refused_ones(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refuser)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        os.environ.update(ground.KEYS, AWS_ENDPOINT_URL=f"http://127.0.0.1:{server.server_port}")
        for server.code, sentence in [("ExpiredToken", "have expired"), ("InvalidClientTokenId", "does not know"),
                                      ("SignatureDoesNotMatch", "does not know"), ("AccessDenied", "AccessDenied")]:
            self.assertIn(sentence, self.stopped())

    def test_nobody_answers(self):
        os.environ.update(ground.KEYS, AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_MAX_ATTEMPTS="1")
        self.assertIn("does not answer", self.stopped())

    def test_another_region(self):
        os.environ.update(ground.KEYS, AWS_REGION="us-west-2")
        self.assertIn("AWS_REGION is us-west-2", self.stopped())


class Account(ground.InCloud):
    def bootstrapped(self, *regions, version="30"):
        for region in regions:
            self.aws("ssm", region).put_parameter(
                Name=account.BOOTSTRAP_PARAMETER, Value=version, Type="String", Overwrite=True)

    def see(self, **how):
        with ground.Spoken() as said, unittest.mock.patch.object(cdk, "run", self.cdk):
            account.run(ground.REGION, **{"yes": True, "may_bootstrap": True, **how})
        return str(said)

    def cdk(self, words, log):
        self.calls.append(words)
        self.bootstrapped(words[1].rpartition("/")[2])

    def setUp(self):
        super().setUp()
        self.calls = []

    def test_a_known_account(self):
        self.bootstrapped(ground.REGION, "us-east-1")
        said = self.see()
        self.assertIn(ground.ACCOUNT, said)
        self.assertIn("us-east-1: version 30", said)
        self.assertEqual(self.calls, [])

    def test_a_new_account_is_bootstrapped_in_both_regions(self):
        self.see()
        self.assertEqual(self.calls, [["bootstrap", f"aws://{ground.ACCOUNT}/{region}"]
                                      for region in ("eu-west-3", "us-east-1")])

    def test_an_old_bootstrap_is_made_anew(self):
        self.bootstrapped(ground.REGION)
        self.bootstrapped("us-east-1", version="5")
        self.assertIn("is of version 5", self.see())
        self.assertEqual(self.calls, [["bootstrap", f"aws://{ground.ACCOUNT}/us-east-1"]])

    def test_a_plan_changes_nothing(self):
        self.assertIn("By hand", self.see(may_bootstrap=False))
        self.assertEqual(self.calls, [])

    def test_nobody_to_ask(self):
        with unittest.mock.patch("sys.stdin.isatty", lambda: False), self.assertRaisesRegex(say.Stop, "--yes"):
            self.see(yes=False)
        self.assertEqual(self.calls, [])


class Once(ground.InCloud):
    def test_the_secret_is_made_once_and_never_shown(self):
        ssm, name = self.aws("ssm"), "/palabre/staging/edit_secret"
        with ground.Spoken() as said:
            secret.put_once(ground.STAGING)
            first = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
            secret.put_once(ground.STAGING)
        self.assertEqual(first["Type"], "SecureString")
        self.assertEqual(len(base64.b64decode(first["Value"], validate=True)), 32)
        self.assertEqual(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"], first)
        self.assertNotIn(first["Value"], str(said))
        self.assertIn("stays as it is", str(said))

    def test_the_key_of_the_pages(self):
        made = self.aws("apigateway").create_api_key(name="palabre-staging-site", enabled=True)
        self.make_stack("Api", {"SiteKeyId": made["id"]})
        self.assertEqual(site.key_of(ground.STAGING, None), made["value"])
        with self.assertRaisesRegex(say.Stop, "own-key"):
            site.key_of(ground.STAGING, "plb_any")
        self.assertEqual(site.key_of(ground.staging(posting="own-key"), "plb_any"), "plb_any")

    def test_a_stack_that_is_not_there(self):
        self.assertIsNone(stacks.outputs(ground.STAGING, "Site"))
        with self.assertRaisesRegex(say.Stop, "Palabre-staging-Site"):
            stacks.expected(ground.STAGING, "Site")

    def test_a_call_that_no_list_has_is_not_made(self):
        with self.assertRaises(AssertionError):
            cloud.client("dynamodb", ground.REGION).list_tables()


if __name__ == "__main__":
    unittest.main()
