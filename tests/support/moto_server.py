# SPDX-License-Identifier: Apache-2.0
"""moto on a port of the kernel's choice, with signatures checked and rights asked for.

Prints one line of JSON when it answers: its port, and the keys of a user who may do everything and
of one who may do nothing. Ends when its standard input does, so that it never outlives a test.
"""

import json
import logging
import sys
import threading

import boto3
import requests
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def make_user(iam, name, policy):
    iam.create_user(UserName=name)
    if policy:
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=json.dumps(policy))
    made = iam.create_access_key(UserName=name)["AccessKey"]
    return {"id": made["AccessKeyId"], "secret": made["SecretAccessKey"]}


def main():
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server(
        "127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    iam = boto3.client(
        "iam", endpoint_url=url, region_name="us-east-1",
        aws_access_key_id="before", aws_secret_access_key="before",
    )
    told = {
        "port": server.server_port,
        "owner": make_user(iam, "owner", EVERYTHING),
        "stranger": make_user(iam, "stranger", None),
    }
    requests.post(url + "/moto-api/reset-auth", data="0", timeout=60).raise_for_status()
    print(json.dumps(told), flush=True)
    sys.stdin.read()


main()
