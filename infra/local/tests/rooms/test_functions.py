# SPDX-License-Identifier: Apache-2.0
import io
import json
import os
import signal
import threading
import time
import unittest
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from localaws.functions import Functions, NoSuchFunction, TooManyRequests, error_of
from localaws.functions.configuration import Catalogue
from localaws.functions.environment import RESERVED, ReservedVariable
from localaws.templates.stack import Resource, Stack

from . import synthesised

ARN = "arn:aws:lambda:eu-west-3:123456789012:function:f"

# A function that does what the event says. It has no library but Python's own, as the real one has none.
PROGRAM = r'''#!/usr/bin/env python3
import http.client, json, os, signal, sys, time
host = os.environ["AWS_LAMBDA_RUNTIME_API"]
runtime = "/2018-06-01/runtime"
def call(method, path, body=None):
    connection = http.client.HTTPConnection(host)
    connection.request(method, runtime + path, body)
    answer = connection.getresponse()
    return answer, answer.read()
if os.environ.get("START") == "fails":
    call("POST", "/init/error", json.dumps({"errorType": "Bad", "errorMessage": "no start"}))
    sys.exit(1)
if os.environ.get("START") == "dies": sys.exit(7)
events = 0
while True:
    answer, body = call("GET", "/invocation/next")
    event, id, events = json.loads(body), answer.getheader("Lambda-Runtime-Aws-Request-Id"), events + 1
    left = int(answer.getheader("Lambda-Runtime-Deadline-Ms")) - time.time() * 1000
    print("doing", event["do"], flush=True)
    said = {"pid": os.getpid(), "events": events, "left": left,
            "arn": answer.getheader("Lambda-Runtime-Invoked-Function-Arn")}
    if event["do"] == "environment": said = {"environment": dict(os.environ), "files": os.listdir(".")}
    if event["do"] == "wait": time.sleep(event["seconds"])
    if event["do"] == "exit": sys.exit(3)
    if event["do"] == "kill": os.kill(os.getpid(), signal.SIGKILL)
    if event["do"] == "fail":
        call("POST", f"/invocation/{id}/error", json.dumps({"errorType": "Own", "errorMessage": "as asked"}))
        continue
    if event["do"] == "other":
        asked = ("POST", "/invocation/other/response", "{}"), ("GET", "/elsewhere")
        said = [call(*each)[0].status for each in asked]
    told = "x" * 6291557 if event["do"] == "large" else json.dumps(said)
    status = call("POST", f"/invocation/{id}/response", told)[0].status
    if event["do"] == "large": assert status == 413, status
'''


def archive(program=PROGRAM):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as files:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o100755 << 16
        files.writestr(entry, program)
    return made.getvalue()


def stack(version="1", variables=None, **more):
    def resource(kind, ref, attributes, **properties):
        return Resource(kind, f"AWS::Lambda::{kind}", properties, ref, attributes)
    function = resource(
        "Function", "f", {"Arn": ARN}, FunctionName="f", Handler="h", Role="arn:aws:iam::123456789012:role/f",
        Code={"S3Bucket": "code", "S3Key": "one.zip"}, Timeout=1, MemorySize=256,
        Environment={"Variables": variables or {}}, **more)
    parts = [
        function, resource("Version", f"{ARN}:{version}", {"Version": version}, FunctionName="f"),
        resource("Alias", f"{ARN}:live", {}, FunctionName="f", FunctionVersion=version, Name="live"),
        resource("EventInvokeConfig", "i", {}, FunctionName="f", Qualifier="$LATEST", MaximumRetryAttempts=1,
                 MaximumEventAgeInSeconds=3600, DestinationConfig={"OnFailure": {"Destination": "arn:of:queue"}}),
    ]
    return Stack("s", "eu-west-3", resources={each.logical: each for each in parts})


class FunctionsCase(unittest.TestCase):
    def start(self, given=None, **more):
        self.lines = []
        functions = Functions(
            [given or stack()], credentials_for=synthesised.role_credentials,
            fetch_code=lambda bucket, key: {("code", "one.zip"): archive()}[bucket, key],
            log=lambda *line: self.lines.append(line), **more)
        self.addCleanup(functions.close)
        return functions

    def ask(self, functions, do="nothing", arn=f"{ARN}:live", **more):
        return functions.invoke(arn, json.dumps({"do": do, **more}).encode())

    def said(self, answer):
        self.assertIsNone(answer.error, answer.payload)
        return json.loads(answer.payload)


class Answers(FunctionsCase):
    def test_an_instance_is_used_again_and_knows_how_long_it_has(self):
        functions = self.start()
        first, second = (self.said(self.ask(functions)) for _ in range(2))
        self.assertEqual(first["pid"], second["pid"])
        self.assertEqual(second["events"], 2)
        self.assertEqual(second["arn"], f"{ARN}:live")
        self.assertTrue(500 < second["left"] <= 1000, second["left"])

    def test_it_has_the_variables_of_lambda_and_its_own_and_no_others(self):
        os.environ["SECRET_OF_THIS_MACHINE"] = "1"
        self.addCleanup(os.environ.pop, "SECRET_OF_THIS_MACHINE")
        given = stack(variables={"OWN": "yes", "LANG": "C.UTF-8"})
        functions = self.start(given, environment={"AWS_ENDPOINT_URL": "http://127.0.0.1:1"})
        said = self.said(self.ask(functions, "environment"))
        found = said["environment"]
        wanted = {
            "OWN": "yes", "LANG": "C.UTF-8", "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "_HANDLER": "h", "TZ": ":UTC",
            "AWS_REGION": "eu-west-3", "AWS_LAMBDA_FUNCTION_NAME": "f", "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_SESSION_TOKEN": "token-of-f",
            "AWS_ACCESS_KEY_ID": "ASIAEXAMPLE", "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/f",
        }
        self.assertEqual(wanted, {name: found.get(name) for name in wanted})
        # Python sets this one itself when it finds no locale.
        more = found.keys() - RESERVED - wanted.keys() - {"PATH", "LD_LIBRARY_PATH", "LC_CTYPE"}
        self.assertEqual(set(), more)
        self.assertEqual(said["files"], ["bootstrap"])

    def test_a_variable_of_lambda_cannot_be_the_functions(self):
        with self.assertRaisesRegex(ReservedVariable, "AWS_REGION"):
            self.ask(self.start(stack(variables={"AWS_REGION": "eu-west-1"})))

    def test_events_at_once_have_instances_of_their_own_up_to_the_limit(self):
        functions = self.start(concurrency=2)
        with ThreadPoolExecutor(3) as threads:
            asked = [threads.submit(self.ask, functions, "wait", seconds=0.6) for _ in range(3)]
        failed = [each for each in asked if each.exception()]
        self.assertEqual([type(each.exception()) for each in failed], [TooManyRequests])
        answers = [self.said(each.result()) for each in asked if each not in failed]
        self.assertEqual(len({each["pid"] for each in answers}), 2)

    def test_an_instance_without_work_is_frozen(self):
        functions = self.start()
        pid = self.said(self.ask(functions))["pid"]

        def state():
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]

        self.assertTrue(eventually(lambda: state() == "T"), state())
        self.assertEqual(self.said(self.ask(functions))["events"], 2)

    def test_what_it_writes_goes_to_its_log_between_the_lines_of_lambda(self):
        functions = self.start()
        self.ask(functions)
        group, stream, _, role = self.lines[0]
        self.assertEqual((group, role), ("/aws/lambda/f", "arn:aws:iam::123456789012:role/f"))
        self.assertRegex(stream, r"^\d{4}/\d\d/\d\d/\[1\][0-9a-f]{32}$")
        written = [line.split()[0] for _, _, line, _ in self.lines]
        self.assertEqual(written, ["START", "doing", "END", "REPORT"])
        self.assertRegex(self.lines[-1][2], r"Memory Size: 256 MB\tMax Memory Used: [1-9]\d* MB$")

    def test_no_process_is_left(self):
        functions = self.start()
        pid = self.said(self.ask(functions))["pid"]
        functions.close()
        self.assertFalse(os.path.exists(f"/proc/{pid}"))


class Failures(FunctionsCase):
    def fails(self, functions, do, kind, message, same_instance, **more):
        before = self.said(self.ask(functions))["pid"]
        answer = self.ask(functions, do, **more)
        self.assertEqual(answer.error, "Unhandled")
        said = error_of(answer)
        self.assertEqual(said["errorType"], kind)
        self.assertRegex(said["errorMessage"], message)
        self.assertEqual(self.said(self.ask(functions))["pid"] == before, same_instance)

    def test_its_own_errors_are_passed_on(self):
        self.fails(self.start(), "fail", "Own", "as asked", same_instance=True)

    def test_it_is_ended_at_its_deadline_and_replaced(self):
        told = r"^RequestId: \S+ Error: Task timed out after 1.00 seconds$"
        self.fails(self.start(), "wait", "Sandbox.Timedout", told, same_instance=False, seconds=30)
        self.assertIn("Task timed out after 1.00 seconds", "\n".join(line[2] for line in self.lines))

    def test_it_is_replaced_when_it_exits(self):
        self.fails(self.start(), "exit", "Runtime.ExitError", "exited with error: exit status 3$", same_instance=False)

    def test_it_is_replaced_when_it_is_killed(self):
        told = "exited with error: signal: SIGKILL$"
        self.fails(self.start(), "kill", "Runtime.ExitError", told, same_instance=False)

    def test_an_answer_can_be_too_large(self):
        self.fails(self.start(), "large", "Function.ResponseSizeTooLarge", "6291556 bytes", same_instance=True)

    def test_other_paths_and_events_are_refused(self):
        self.assertEqual(self.said(self.ask(self.start(), "other")), [403, 404])

    def test_one_that_dies_between_two_events_is_replaced(self):
        functions = self.start()
        pid = self.said(self.ask(functions))["pid"]
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not os.path.exists(f"/proc/{pid}"))
        self.assertNotEqual(self.said(self.ask(functions))["pid"], pid)

    def test_a_start_can_fail(self):
        answer = self.ask(self.start(stack(variables={"START": "fails"})))
        self.assertEqual((answer.error, error_of(answer)["errorMessage"]), ("Unhandled", "no start"))
        answer = self.ask(self.start(stack(variables={"START": "dies"})))
        self.assertRegex(error_of(answer)["errorMessage"], "exit status 7")

    def test_who_does_not_exist_is_not_found(self):
        for arn in (f"{ARN}:other", f"{ARN}:2", ARN.replace("function:f", "function:g")):
            with self.subTest(arn), self.assertRaises(NoSuchFunction):
                self.ask(self.start(), arn=arn)


class Versions(unittest.TestCase):
    def test_a_version_stays_as_it_was_and_an_alias_can_be_turned_back(self):
        catalogue = Catalogue()
        catalogue.take([stack(variables={"V": "old"})])
        catalogue.take([stack("2", variables={"V": "new"})])
        self.assertEqual(dict(catalogue.find(f"{ARN}:live").variables), {"V": "new"})
        catalogue.point(f"{ARN}:live", "1")
        self.assertEqual(dict(catalogue.find(f"{ARN}:live").variables), {"V": "old"})
        self.assertEqual(catalogue.find(ARN).version, "$LATEST")


class Asynchronous(FunctionsCase):
    def give(self, do, arn=ARN, **more):
        self.given_up, self.slept = [], []
        functions = self.start(on_failure=lambda *told: self.given_up.append(told), sleep=self.slept.append, **more)
        answer = functions.invoke(arn, json.dumps({"do": do}).encode(), kind="Event")
        self.assertEqual(answer.payload, b"")
        functions.wait()
        return [line[2] for line in self.lines if line[2].startswith("START")]

    def test_one_that_works_is_done_once(self):
        self.assertEqual(len(self.give("nothing")), 1)
        self.assertEqual(self.given_up, [])

    def test_one_that_fails_is_tried_again_and_then_told(self):
        self.assertEqual(len(self.give("fail")), 2)
        self.assertEqual(self.slept, [60])
        [(destination, record, role)] = self.given_up
        self.assertEqual((destination, role), ("arn:of:queue", "arn:aws:iam::123456789012:role/f"))
        self.assertEqual(record["requestContext"]["condition"], "RetriesExhausted")
        self.assertEqual(record["requestContext"]["functionArn"], f"{ARN}:$LATEST")
        self.assertEqual(record["requestContext"]["approximateInvokeCount"], 2)
        self.assertEqual(record["requestPayload"], {"do": "fail"})
        self.assertEqual(record["responsePayload"]["errorType"], "Own")

    def test_settings_are_those_of_the_qualifier_that_was_called(self):
        self.assertEqual(len(self.give("fail", arn=f"{ARN}:live")), 3)
        self.assertEqual((self.slept, self.given_up), ([60, 120], []))

    def test_one_that_is_too_old_is_given_up(self):
        times = iter([0.0, 0.0])
        self.assertEqual(len(self.give("fail", clock=lambda: next(times, 3601.0))), 1)
        self.assertEqual(self.given_up[0][1]["requestContext"]["condition"], "EventAgeExceeded")


class TheRealProgram(unittest.TestCase):
    def test_it_says_in_its_log_why_it_cannot_start_and_the_caller_learns_little(self):
        api, lines = synthesised.stack("Api"), []
        with Functions(
            [api], credentials_for=synthesised.role_credentials, fetch_code=lambda *_: synthesised.CODE.read_bytes(),
            environment={"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, log=lambda *line: lines.append(line[2]),
        ) as functions:
            answer = functions.invoke(api.one("AWS::Lambda::Alias").ref, b"{}")
        self.assertEqual(error_of(answer)["errorType"], "Runtime.ConfigInvalid")
        self.assertRegex(lines[0], "the parameters below /palabre/local/ could not be read")


def eventually(is_so, seconds=5):
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return is_so()


if __name__ == "__main__":
    unittest.main()
