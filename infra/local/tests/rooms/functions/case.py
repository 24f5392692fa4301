# SPDX-License-Identifier: Apache-2.0
"""A function that does what the event says, and instances of it."""
import io
import json
import threading
import time
import unittest
import zipfile

from localaws.functions import Functions
from localaws.templates.stack import Resource, Stack

from .. import synthesised

ARN = "arn:aws:lambda:eu-west-3:123456789012:function:f"

# It has no library but Python's own, as the real one has none.
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


def eventually(is_so, seconds=5):
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return is_so()
