# SPDX-License-Identifier: Apache-2.0
"""What an instance has and does while it works as it should."""
import os
import subprocess
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

from localaws.functions import TooManyRequests
from localaws.functions.environment import RESERVED, ReservedVariable
from localaws.functions.instance import Instance

from .case import ARN, FunctionsCase, eventually, stack


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

    def test_it_may_ask_for_work_before_its_process_is_known_here(self):
        asked, start, freeze = threading.Event(), subprocess.Popen, Instance._freeze

        def start_late(*words, **more):
            process = start(*words, **more)
            self.assertTrue(asked.wait(5))
            return process

        def freeze_and_tell(instance):
            asked.set()
            freeze(instance)

        with patch.object(subprocess, "Popen", start_late), patch.object(Instance, "_freeze", freeze_and_tell):
            self.assertEqual(self.said(self.ask(self.start()))["events"], 1)

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


if __name__ == "__main__":
    unittest.main()
