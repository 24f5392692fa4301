#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Releases that go well and that do not, in a cloud that only pretends."""

import copy
import tempfile
import unittest

from ground import QUIET_CLOUD, Ground

DEPLOYED = "--environment staging --yes"
TAKEN_BACK = "--rollback --environment staging"
ALWAYS = list(range(100))


class Release(unittest.TestCase):
    def setUp(self):
        self.cloud = copy.deepcopy(QUIET_CLOUD)
        self.staging = self.cloud["alarms"]["eu-west-3"]

    def release(self, *arguments, **environment):
        self.ground = Ground(self.enterContext(tempfile.TemporaryDirectory()), self.cloud)
        return self.ground.run("release", *(arguments or ("staging", "palabre-staging-")), **environment)

    def expect(self, ended, status, told, *calls):
        self.assertEqual((ended.returncode, self.ground.deployments()), (status, list(calls)), ended.stdout)
        self.assertIn(told, ended.stdout)

    def test_a_quiet_deployment_stays(self):
        self.expect(self.release(), 0, "2 alarms were quiet", DEPLOYED)
        self.assertEqual(self.ground.live()["palabre-staging-read"], "8")
        self.assertIn("palabre-staging-read 8", (self.ground.folder / "summary").read_text())

    def test_the_site_alone(self):
        self.cloud["deploy"]["moves"] = {}
        self.expect(self.release(ONLY_SITE="true"), 0, "quiet", DEPLOYED + " --only-site")

    def test_an_alarm_that_begins_to_ring_takes_it_back(self):
        for states in [["OK", "ALARM"], ["OK", "OK", "OK", "OK", "ALARM"], ["INSUFFICIENT_DATA", "ALARM"]]:
            with self.subTest(states):
                self.staging["palabre-staging-errors"] = states
                self.expect(self.release(), 1, "Began to ring:\neu-west-3 palabre-staging-errors", DEPLOYED, TAKEN_BACK)
                self.assertEqual(self.ground.live(), self.cloud["live"])

    def test_an_alarm_after_the_watch_is_not_seen(self):
        self.staging["palabre-staging-errors"] = ["OK"] * 5 + ["ALARM"]
        self.expect(self.release(), 0, "quiet", DEPLOYED)

    def test_the_probe_of_the_other_region_counts(self):
        self.cloud["alarms"]["us-east-1"]["palabre-staging-probe"] = ["OK", "OK", "ALARM"]
        self.expect(self.release(), 1, "us-east-1 palabre-staging-probe", DEPLOYED, TAKEN_BACK)

    def test_an_alarm_that_rang_before_says_nothing(self):
        self.staging["palabre-staging-errors"] = ["ALARM"]
        self.expect(self.release(), 0, "1 alarms were quiet", DEPLOYED)

    def test_an_alarm_that_rang_before_and_again_does(self):
        self.staging["palabre-staging-errors"] = ["ALARM", "OK", "ALARM"]
        self.expect(self.release(), 1, "Began to ring", DEPLOYED, TAKEN_BACK)

    def test_a_new_alarm_rings_until_it_has_figures(self):
        self.staging["palabre-staging-backup"] = ["absent", "INSUFFICIENT_DATA", "ALARM"]
        self.expect(self.release(), 0, "2 alarms were quiet", DEPLOYED)
        self.staging["palabre-staging-backup"] = ["absent", "OK", "ALARM"]
        self.expect(self.release(), 1, "palabre-staging-backup", DEPLOYED, TAKEN_BACK)

    def test_a_failed_smoke_test_takes_it_back(self):
        self.cloud["deploy"]["status"] = 1
        self.expect(self.release(), 1, "Taken back. Live again:\npalabre-staging-post 4", DEPLOYED, TAKEN_BACK)
        self.assertEqual(self.ground.live(), self.cloud["live"])

    def test_what_failed_before_it_changed_anything_is_left_alone(self):
        self.cloud["deploy"] = {"moves": {}, "status": 1}
        self.expect(self.release(), 1, "nothing to take back", DEPLOYED)

    def test_a_new_function_alone_is_no_reason_to_go_back(self):
        self.cloud["deploy"] = {"moves": {"palabre-staging-backup": "1"}, "status": 1}
        self.expect(self.release(), 1, "nothing to take back", DEPLOYED)

    def test_a_first_deployment_has_nothing_to_go_back_to(self):
        self.cloud["live"] = {"palabre-production-read": "5"}
        self.cloud["deploy"]["status"] = 1
        self.expect(self.release(), 1, "nothing to go back to", DEPLOYED)

    def test_a_rollback_that_fails_or_goes_elsewhere_calls_a_person(self):
        self.cloud["deploy"]["status"] = 1
        self.cloud["rollback"] = {"moves": {}, "status": 1}
        self.expect(self.release(), 4, "--rollback failed", DEPLOYED, TAKEN_BACK)
        self.cloud["rollback"] = {"moves": {"palabre-staging-read": "6"}, "status": 0}
        self.expect(self.release(), 4, "Not as before:\npalabre-staging-read 7", DEPLOYED, TAKEN_BACK)

    def test_nothing_is_deployed_that_could_not_be_taken_back_or_watched(self):
        for question in ["lambda list-functions", "lambda list-aliases", "cloudwatch describe-alarms"]:
            with self.subTest(question):
                self.cloud["aws_fails"] = {question: ALWAYS}
                ended = self.release()
                self.assertNotEqual(ended.returncode, 0)
                self.assertEqual(self.ground.deployments(), [])

    def test_who_cannot_see_does_not_call_it_quiet(self):
        self.cloud["aws_fails"] = {"cloudwatch describe-alarms": ALWAYS[2:]}
        self.expect(self.release(WATCH_ROUNDS="9"), 3, "could not be read", DEPLOYED)
        self.cloud["aws_fails"] = {}
        self.cloud["alarms"] = {"eu-west-3": {"another-staging-errors": ["OK"]}}
        self.expect(self.release(), 3, "No alarm begins with palabre-staging-", DEPLOYED)

    def test_an_answer_that_fails_to_come_now_and_then_is_borne(self):
        # Two questions in each round that goes well, one for each region; six rounds of twelve fail.
        self.cloud["aws_fails"] = {"cloudwatch describe-alarms": [2, 5, 8, 11, 14, 17]}
        self.expect(self.release(WATCH_ROUNDS="12"), 0, "2 alarms were quiet", DEPLOYED)

    def test_versions_that_cannot_be_read_again_call_a_person(self):
        self.cloud["deploy"]["status"] = 1
        self.cloud["aws_fails"] = {"lambda list-functions": ALWAYS[1:]}
        self.expect(self.release(), 4, "could not be read", DEPLOYED)

    def test_wrong_use(self):
        self.expect(self.release("staging"), 2, "ENVIRONMENT PREFIX")
        self.expect(self.release(AWS_REGION=""), 2, "AWS_REGION")


class Approval(unittest.TestCase):
    def ask(self, **environment):
        ground = Ground(self.enterContext(tempfile.TemporaryDirectory()), QUIET_CLOUD)
        return ground.run("require-approval", "production", **environment)

    def test_an_environment_with_reviewers_will_do(self):
        ended = self.ask(GH_RULES="branch_policy\nrequired_reviewers\n")
        self.assertEqual(ended.returncode, 0, ended.stdout)

    def test_any_other_will_not(self):
        for rules in ["", "branch_policy\n", "wait_timer\n"]:
            ended = self.ask(GH_RULES=rules)
            self.assertEqual(ended.returncode, 1)
            self.assertIn("asks nobody", ended.stdout)

    def test_nor_one_that_is_not_there(self):
        ended = self.ask()
        self.assertEqual(ended.returncode, 1)
        self.assertIn("does not exist", ended.stdout)


if __name__ == "__main__":
    unittest.main()
