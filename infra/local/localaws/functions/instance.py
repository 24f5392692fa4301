# SPDX-License-Identifier: Apache-2.0
"""One process of a function, from its start to its end."""
from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from .configuration import Configuration
from .environment import environment_of
from .runtime_api import Event, RuntimeApi, now_ms

# Lambda ends a start that takes longer.
START_SECONDS_MAX = 10

# A line of the log is written at once; nobody waits for the rest of a line that ended with its process.
DRAIN_SECONDS_MAX = 1


class Instance:
    """`tell` receives each line of its standard output and error, and those that Lambda writes itself."""

    def __init__(
        self, function: Configuration, task: Path, *, credentials: Mapping[str, str], extra: Mapping[str, str],
        tell: Callable[[str, str], None],
    ) -> None:
        self.function = function
        self.log_stream = f"{time.strftime('%Y/%m/%d', time.gmtime())}/[{function.version}]{uuid.uuid4().hex}"
        self._tell = tell
        self._lines: list[str] = []
        # A process may ask for its first event before Popen has told us of it.
        self._has_process = threading.Event()
        self._api = RuntimeApi(freeze=self._freeze, thaw=self._thaw)
        self._running: Event | None = None
        environment = environment_of(
            function, credentials=credentials, task=task, runtime_api=self._api.address, log_stream=self.log_stream,
            extra=extra,
        )
        self._process = subprocess.Popen(
            [str(task / "bootstrap")], cwd=task, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )
        self._has_process.set()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        threading.Thread(target=self._await_end, daemon=True).start()

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def run(self, payload: bytes, *, arn: str, trace: str) -> tuple[Event, list[str]]:
        """One event, and the lines that were written since the last one. An instance that failed must be replaced."""
        begun = time.monotonic()
        event = Event(str(uuid.uuid4()), payload, arn, trace, 0)
        self._running = event
        if not self._has_started(event):
            self.end()
        else:
            self._write(f"START RequestId: {event.id} Version: {self.function.version}")
            self._invoke(event)
            self._write(f"END RequestId: {event.id}")
            self._report(event, time.monotonic() - begun)
        self._running = None
        lines, self._lines = self._lines, []
        return event, lines

    def end(self) -> None:
        """As Lambda without extensions: the process is killed, whatever it was doing."""
        self._kill()
        self._reader.join(DRAIN_SECONDS_MAX)
        self._api.close()

    def _has_started(self, event: Event) -> bool:
        if not self._api.ready.wait(START_SECONDS_MAX):
            event.fail("Sandbox.Timedout",
                       f"RequestId: {event.id} Error: Task timed out after {START_SECONDS_MAX:.2f} seconds")
            return False
        if self._api.start_failure is not None:
            event.fail_as(self._api.start_failure)
        elif not self.is_alive:
            event.fail("Runtime.ExitError", self._how_it_ended(event))
        return not event.done.is_set()

    def _invoke(self, event: Event) -> None:
        seconds = self.function.timeout_seconds
        event.deadline_ms = now_ms() + seconds * 1000
        self._api.hand(event)
        if event.done.wait(seconds):
            return
        message = f"{event.id} Task timed out after {seconds:.2f} seconds"
        event.fail("Sandbox.Timedout", f"RequestId: {event.id} Error: Task timed out after {seconds:.2f} seconds")
        self._write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {message}")
        self._kill()

    def _report(self, event: Event, seconds: float) -> None:
        self._write(
            f"REPORT RequestId: {event.id}\tDuration: {seconds * 1000:.2f} ms\t"
            f"Billed Duration: {int(seconds * 1000) + 1} ms\tMemory Size: {self.function.memory_mb} MB\t"
            f"Max Memory Used: {self._memory_mb()} MB"
        )

    def _memory_mb(self) -> int:
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text()
        except FileNotFoundError:
            return 0
        peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
        return -(-int(peak.split()[1]) // 1024)

    def _how_it_ended(self, event: Event) -> str:
        code = self._process.wait()
        how = f"exit status {code}" if code >= 0 else f"signal: {signal.Signals(-code).name}"
        return f"RequestId: {event.id} Error: Runtime exited with error: {how}"

    def _await_end(self) -> None:
        self._process.wait()
        self._reader.join(DRAIN_SECONDS_MAX)
        self._api.ready.set()
        event = self._running
        if event is not None and self._api.start_failure is None:
            event.fail("Runtime.ExitError", self._how_it_ended(event))

    # A process that has answered and asks for more gets no time until there is more.
    def _freeze(self) -> None:
        self._has_process.wait()
        self._process.send_signal(signal.SIGSTOP)

    def _thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def _kill(self) -> None:
        # With whatever it started itself: it leads a group of its own.
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._write(line.decode("utf-8", "replace").rstrip("\n"))

    def _write(self, line: str) -> None:
        self._lines.append(line)
        self._tell(self.log_stream, line)
