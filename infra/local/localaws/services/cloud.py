# SPDX-License-Identifier: Apache-2.0
"""AWS on this machine, as SDKs see it: one address, which judges every call before it is answered."""

import threading
from collections.abc import Callable
from functools import lru_cache

import boto3
from botocore.config import Config
from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server

from . import ACCOUNT
from .bootstrap import Bootstrap
from .call import Call
from .cloudformation import Applier, CloudFormation
from .dynamodb_local import DynamoDbLocal
from .exports import Exports
from .front import Answer, Front
from .identities import make_administrator, open_session
from .judge import Judge, Judged
from .moto_home import Moto
from .tables import Tables

HOME = "eu-west-3"  # where an environment lives, unless it says otherwise


class Cloud:
    """with Cloud() as cloud: … cloud.client("s3"), cloud.environment(), cloud.judged

    moto's state is the process's, so there is one cloud at a time: another one begins with nothing, and ends this."""

    _running: "Cloud | None" = None

    def __init__(self) -> None:
        if Cloud._running is not None:
            Cloud._running.stop()
        self._moto = Moto()
        self._judge = Judge()
        self._front = Front(self._judge, self._moto)
        key, secret = make_administrator()
        self.administrator = {"AccessKeyId": key, "SecretAccessKey": secret}
        self._local = DynamoDbLocal()
        exports = Exports(self._local, self._judge, self.client)
        self.answer_with("dynamodb", None, Tables(self._local, exports, self._moto.answer).answer)
        self._server = make_server("127.0.0.1", 0, self._front, threaded=True, request_handler=_Quiet)
        # By this name, not by the number: buckets are looked for in what stands before it.
        self.url = f"http://localhost:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        Cloud._running = self

    def __enter__(self) -> "Cloud":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        return Cloud._running is self

    def stop(self) -> None:
        if not self.is_running:
            return
        Cloud._running = None
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._local.stop()

    @property
    def judged(self) -> list[Judged]:
        """Every question that was put to the documents, in order; the administrator is not asked."""
        return self._judge.judged

    def allows(self, principal: str, action: str, resource: str, context: dict[str, str] | None = None) -> bool:
        """May this service or role? For parts that act for AWS: a gateway that calls a function."""
        return self._judge.allows(principal, action, resource, context)

    def session(self, role_arn: str, service: str, context: dict[str, str] | None = None) -> dict[str, str]:
        """The credentials of a role, for a service that it trusts: lambda.amazonaws.com."""
        if not self._judge.trusts(role_arn, service, context):
            raise PermissionError(f"{role_arn} does not trust {service}")
        return open_session(role_arn, service.split(".")[0])

    def answer_with(self, service: str, operation: str | None, answer: Answer) -> None:
        """This part answers the operation (or the whole service), once the caller was judged."""
        self._front.answers[(service, operation) if operation else service] = answer

    def hear(self, service: str, operation: str, hearing: Callable[[Call], None]) -> None:
        """Of each such call that went well."""
        self._front.hearers.setdefault((service, operation), []).append(hearing)

    def arn(self, service: str, resource: str, region: str = HOME) -> str:
        return f"arn:aws:{service}:{region}:{ACCOUNT}:{resource}"

    def deploys_with(self, applier: Applier) -> None:
        """From now on CloudFormation answers, and this (localaws.templates) makes what templates want."""
        self.answer_with("cloudformation", None, CloudFormation(applier, self.client, self._judge).answer)

    def bootstrap(self, regions: tuple[str, ...] = (HOME, "us-east-1")) -> None:
        """What `cdk bootstrap` leaves in each region, as far as the CLI asks for it later."""
        for region in regions:
            Bootstrap(region).make(self.client)

    def environment(self, credentials: dict[str, str] | None = None, region: str = HOME) -> dict[str, str]:
        """What a process is given so that its SDK comes here: as the administrator unless told."""
        given = credentials or self.administrator
        token = {"AWS_SESSION_TOKEN": given["SessionToken"]} if "SessionToken" in given else {}
        return token | {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": given["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": given["SecretAccessKey"],
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def client(self, service: str, region: str = HOME, credentials: dict[str, str] | None = None):
        """boto3's, of the administrator unless told."""
        given = credentials or self.administrator
        return _client(self.url, service, region, tuple(sorted(given.items())))


@lru_cache(maxsize=256)
def _client(url: str, service: str, region: str, credentials: tuple[tuple[str, str], ...]):
    given = dict(credentials)
    # No second try: what is refused or unknown here stays so.
    config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, proxies={})
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=url,
        config=config,
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given.get("SessionToken"),
    )


class _Quiet(MotoRequestHandler):
    def log(self, type: str, message: str, *args) -> None:
        """Tests read `judged`, not a log."""
