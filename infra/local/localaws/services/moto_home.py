# SPDX-License-Identifier: Apache-2.0
"""moto in this process: everything that nobody of ours answers. It judges nobody; judge.py did."""

import logging

from moto.core.config import default_user_config
from moto.iam.access_control import PermissionResult
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import FakeBucket
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from .call import Call


class Moto:
    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
        # Functions are kept as they were uploaded, and run elsewhere.
        default_user_config["lambda"]["use_docker"] = False
        # A role of ours has one of AWS's own policies.
        default_user_config["iam"]["load_aws_managed_policies"] = True
        # It would apply policies of buckets without their conditions, and as regular expressions.
        FakeBucket.get_permission = lambda *_: PermissionResult.PERMITTED
        moto_api_backend.reset()  # its state is the process's, not ours
        self._application = DomainDispatcherApplication(create_backend_app)

    def answer(self, call: Call) -> Response:
        return self.answer_environ(call.environ())

    def answer_environ(self, environ: dict) -> Response:
        body, status, headers = run_wsgi_app(self._application, environ)
        return Response(b"".join(body), status=status, headers=headers)
