# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in an instance, and what its caller is told."""
import os
import signal
import unittest

from localaws.functions import Functions, NoSuchFunction, error_of

from .. import synthesised
from .case import ARN, FunctionsCase, eventually, stack


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


if __name__ == "__main__":
    unittest.main()
