# SPDX-License-Identifier: Apache-2.0
"""The alias after a rollback is what really was live before."""

import io
import json
import unittest
import unittest.mock
import zipfile

import botocore.exceptions

import ground
from deploy import release, rollback, say

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
NAME = ground.NAMES["apiFunction"]


def archive(text):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("bootstrap", text)
    return made.getvalue()


class Rollback(ground.InCloud):
    def setUp(self):
        super().setUp()
        self.make_stack("Api", {})
        role = self.aws("iam").create_role(RoleName="any", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        self.functions, self.releases = self.aws("lambda"), self.aws("codedeploy")
        self.functions.create_function(FunctionName=NAME, Role=role, Runtime="provided.al2023", Handler="any",
                                       Code={"ZipFile": archive("1")}, Publish=True)
        for number in "234":
            self.functions.update_function_code(FunctionName=NAME, ZipFile=archive(number), Publish=True)
        self.functions.create_alias(FunctionName=NAME, Name="live", FunctionVersion="4")
        self.releases.create_application(applicationName="palabre-staging", computePlatform="Lambda")
        self.releases.create_deployment_group(
            applicationName="palabre-staging", deploymentGroupName=NAME, serviceRoleArn=role)

    def moved(self, before, after, form="String"):
        """A deployment of CodeDeploy, as CloudFormation asks for one."""
        content = {"version": 0.0, "Resources": [{NAME: {"Type": "AWS::Lambda::Function", "Properties": {
            "Name": NAME, "Alias": "live", "CurrentVersion": before, "TargetVersion": after}}}]}
        return self.releases.create_deployment(
            applicationName="palabre-staging", deploymentGroupName=NAME,
            revision={"revisionType": form, form[0].lower() + form[1:]: {"content": json.dumps(content)}},
        )["deploymentId"]

    def roll_back(self, *, statuses=("Created", "Succeeded")):
        """moto leaves a deployment at `Created`: each test says what that stands for."""
        running, done = statuses
        moves = release.Release.moves
        asked = {tuple(rollback.RUNNING): running, tuple(rollback.DONE): done}
        with ground.Spoken() as self.said, unittest.mock.patch.object(
                release.Release, "moves", lambda own, wanted: moves(own, [asked[tuple(wanted)]])):
            rollback.run(ground.STAGING)

    def live(self):
        alias = self.functions.get_alias(FunctionName=NAME, Name="live")
        return alias["FunctionVersion"], alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})

    def test_to_the_version_that_was_live_before_and_not_to_the_number_below(self):
        self.moved("2", "4")   # 3 was taken back before
        self.roll_back(statuses=("Stopped", "Created"))
        self.assertEqual(self.live(), ("2", {}))
        self.assertIn("from version 4 back to 2", str(self.said))

    def test_both_forms_in_which_codedeploy_tells_of_a_move_are_read(self):
        self.moved("2", "4", form="AppSpecContent")
        self.roll_back(statuses=("Stopped", "Created"))
        self.assertEqual(self.live(), ("2", {}))

    def test_the_newest_move_counts(self):
        self.moved("1", "4")
        self.moved("3", "4")
        self.roll_back(statuses=("Stopped", "Created"))
        self.assertEqual(self.live(), ("3", {}))

    def test_a_version_that_was_taken_back_is_not_gone_back_to(self):
        """CloudFormation does not hear of a rollback, and says that 4 came from 3, which was not live any more."""
        self.moved("1", "2")
        self.moved("2", "3")
        self.functions.update_alias(FunctionName=NAME, Name="live", FunctionVersion="3")
        self.roll_back(statuses=("Stopped", "Created"))
        self.assertEqual(self.live(), ("2", {}))
        self.moved("3", "4")
        self.functions.update_alias(FunctionName=NAME, Name="live", FunctionVersion="4")
        self.roll_back(statuses=("Stopped", "Created"))
        self.assertEqual(self.live(), ("2", {}))

    def test_two_rollbacks_in_a_row_go_further_back(self):
        self.roll_back()
        self.roll_back()
        self.assertEqual(self.live(), ("2", {}))
        self.assertEqual(self.taken_back(), "4 3")

    def taken_back(self):
        arn = self.functions.get_function_configuration(FunctionName=NAME)["FunctionArn"]
        return self.functions.list_tags(Resource=arn)["Tags"][release.TAKEN_BACK]

    def test_only_so_many_are_remembered(self):
        ours = release.Release(ground.STAGING)
        for number in range(release.TAKEN_BACK_MAX + 1):
            ours.take_back([str(100 + number)])
        kept = self.taken_back().split()
        self.assertEqual((len(kept), kept[0], kept[-1]), (release.TAKEN_BACK_MAX, "101", "120"))
        self.assertLessEqual(len(self.taken_back()), 256)

    def test_without_a_memory_to_the_number_below(self):
        self.roll_back()
        self.assertEqual(self.live(), ("3", {}))

    def test_nothing_to_go_back_to(self):
        self.functions.update_alias(FunctionName=NAME, Name="live", FunctionVersion="1")
        with self.assertRaisesRegex(say.Stop, "no older one"):
            self.roll_back()
        self.assertEqual(self.live(), ("1", {}))

    def test_a_share_that_somebody_gave_by_hand_is_taken_away(self):
        self.functions.update_alias(FunctionName=NAME, Name="live", FunctionVersion="3",
                                    RoutingConfig={"AdditionalVersionWeights": {"4": 0.1}})
        self.roll_back()
        self.assertEqual(self.live(), ("3", {}))
        self.assertEqual(self.taken_back(), "4")

    def stop_a_canary(self, turn_back):
        self.functions.update_alias(FunctionName=NAME, Name="live", FunctionVersion="3",
                                    RoutingConfig={"AdditionalVersionWeights": {"4": 0.1}})
        running = self.moved("3", "4")
        stopped = []

        def stop(_, move):   # moto cannot: CodeDeploy would turn the alias back by itself, or not
            stopped.append(move.id)
            turn_back()
        with unittest.mock.patch.object(release.Release, "stop", stop):
            self.roll_back(statuses=("Created", "Succeeded"))
        self.assertEqual(stopped, [running])
        self.assertEqual(self.taken_back(), "4")
        self.assertEqual(self.live(), ("3", {}))

    def test_a_canary_is_stopped_and_nothing_else_goes_back(self):
        self.stop_a_canary(lambda: self.functions.update_alias(
            FunctionName=NAME, Name="live", FunctionVersion="3", RoutingConfig={"AdditionalVersionWeights": {}}))
        self.assertIn("version 3 has all", str(self.said))

    def test_a_canary_that_does_not_go_back_by_itself(self):
        with unittest.mock.patch.multiple(rollback, STOP_SECONDS=0.01, PAUSE_SECONDS=0):
            self.stop_a_canary(lambda: None)
        self.assertIn("done here", str(self.said))

    def test_a_canary_whose_last_version_was_taken_back_goes_to_what_was_good(self):
        """CloudFormation says 3, which was taken back: CodeDeploy turns the alias to it, and it may not stay."""
        self.moved("2", "3")
        release.Release(ground.STAGING).take_back(["3"])
        with unittest.mock.patch.object(release.Release, "stop", lambda *_: self.functions.update_alias(
                FunctionName=NAME, Name="live", FunctionVersion="3", RoutingConfig={"AdditionalVersionWeights": {}})):
            running = release.Move("any", "3", "4", "InProgress")
            with ground.Spoken() as said:
                rollback._stop(release.Release(ground.STAGING), running)
        self.assertEqual(self.live(), ("2", {}))
        self.assertEqual(self.taken_back(), "3 4")
        self.assertIn("version 2 has all", str(said))

    def test_a_canary_at_once_that_stays_where_it_is_goes_where_it_came_from(self):
        with unittest.mock.patch.object(release.Release, "stop", lambda *_: None), \
                unittest.mock.patch.multiple(rollback, STOP_SECONDS=0.01, PAUSE_SECONDS=0), ground.Spoken():
            rollback._stop(release.Release(ground.STAGING), release.Move("any", "2", "4", "InProgress"))
        self.assertEqual(self.live(), ("2", {}))

    def test_whoever_may_not_look_at_tags_rolls_back_all_the_same(self):
        refused = botocore.exceptions.ClientError({"Error": {"Code": "AccessDeniedException"}}, "any")
        ours = release.Release(ground.STAGING)
        for call in ("list_tags", "tag_resource"):
            setattr(ours._lambda, call, unittest.mock.Mock(side_effect=refused))
        with unittest.mock.patch.object(rollback, "Release", lambda _: ours):
            self.roll_back()
        self.assertEqual(self.live(), ("3", {}))
        self.assertIn("no right to write down", str(self.said))

    def test_before_a_canary_it_is_said_that_a_bad_version_may_come_back(self):
        with ground.Spoken() as said:
            rollback.warn(ground.STAGING)
        self.assertEqual(str(said), "")
        release.Release(ground.STAGING).take_back(["4"])
        with ground.Spoken() as said:
            rollback.warn(ground.STAGING)
        self.assertIn("at-once", str(said))

    def test_no_stack(self):
        with self.assertRaisesRegex(say.Stop, "no stack"):
            rollback.run(ground.environment.Environment("other", ground.ACCOUNT, ground.OPTIONS, ground.NAMES))


if __name__ == "__main__":
    unittest.main()
