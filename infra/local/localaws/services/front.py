# SPDX-License-Identifier: Apache-2.0
"""Every call comes by here: read, judged, and answered by whoever has it."""

import traceback
from collections.abc import Callable

from werkzeug.wrappers import Response

from .actions import NoDerivation
from .answers import Refusal, error, not_known_here, result
from .call import Call, UnknownCall, read
from .gaps import Gaps
from .judge import Judge
from .moto_home import Moto

Answer = Callable[[Call], Response | dict]
NOT_FOUND = 404
MULTIPLE_CHOICES = 300  # the first status that is no success
KEYS_OF_POOLS = "/.well-known/jwks.json"  # public, and asked without a signature


class Front:
    """A WSGI application. `answers` maps a service, or a service and an operation, to who answers it
    instead of moto: a dict is what the SDK's function returns."""

    def __init__(self, judge: Judge, moto: Moto) -> None:
        self._judge, self._moto, self._gaps = judge, moto, Gaps()
        self.answers: dict[tuple[str, str] | str, Answer] = {}
        # Who wants to know of an operation that went well.
        self.hearers: dict[tuple[str, str], list[Callable[[Call], None]]] = {}

    def __call__(self, environ: dict, start_response) -> Callable:
        return self.answer(environ)(environ, start_response)

    def answer(self, environ: dict) -> Response:
        if environ["PATH_INFO"].endswith(KEYS_OF_POOLS):
            return self._moto.answer_environ(environ)
        try:
            call = read(environ)
        except (UnknownCall, NotImplementedError) as unknown:
            return not_known_here(str(unknown))
        try:
            self._judge.check(call)
            answer = self._answered(call)
            if answer.status_code < MULTIPLE_CHOICES:
                self._tell(call)
            return answer
        except Refusal as refusal:
            return error(call, refusal)
        except (NoDerivation, NotImplementedError) as unknown:
            return not_known_here(f"{call.service} {call.operation}: {unknown}", call)
        except Exception:
            return not_known_here(f"{call.service} {call.operation} failed here:\n{traceback.format_exc()}", call)

    def _tell(self, call: Call) -> None:
        for hear in self.hearers.get((call.service, call.operation), ()):
            hear(call)

    def _answered(self, call: Call) -> Response:
        for key in ((call.service, call.operation), call.service):
            if key in self.answers:
                answer = self.answers[key](call)
                return answer if isinstance(answer, Response) else result(call, answer)
        filled = self._gaps.fill(call)
        if filled is not None:
            return result(call, filled)
        answer = self._moto.answer(call)
        if (call.service, answer.status_code) == ("s3", NOT_FOUND):
            self._judge.check_missing(call)
        return answer
