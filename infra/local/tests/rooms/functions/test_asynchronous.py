# SPDX-License-Identifier: Apache-2.0
"""Which version an event meets, and events that nobody waits for."""
import json
import unittest

from localaws.functions.configuration import Catalogue

from .case import ARN, FunctionsCase, stack


class Versions(unittest.TestCase):
    def test_a_version_stays_as_it_was_and_an_alias_can_be_turned_back(self):
        catalogue = Catalogue()
        catalogue.take([stack(variables={"V": "old"})])
        catalogue.take([stack("2", variables={"V": "new"})])
        self.assertEqual(dict(catalogue.find(f"{ARN}:live").variables), {"V": "new"})
        catalogue.point(f"{ARN}:live", "1")
        self.assertEqual(dict(catalogue.find(f"{ARN}:live").variables), {"V": "old"})
        self.assertEqual(catalogue.find(ARN).version, "$LATEST")


class Asynchronous(FunctionsCase):
    def give(self, do, arn=ARN, **more):
        self.given_up, self.slept = [], []
        functions = self.start(on_failure=lambda *told: self.given_up.append(told), sleep=self.slept.append, **more)
        answer = functions.invoke(arn, json.dumps({"do": do}).encode(), kind="Event")
        self.assertEqual(answer.payload, b"")
        functions.wait()
        return [line[2] for line in self.lines if line[2].startswith("START")]

    def test_one_that_works_is_done_once(self):
        self.assertEqual(len(self.give("nothing")), 1)
        self.assertEqual(self.given_up, [])

    def test_one_that_fails_is_tried_again_and_then_told(self):
        self.assertEqual(len(self.give("fail")), 2)
        self.assertEqual(self.slept, [60])
        [(destination, record, role)] = self.given_up
        self.assertEqual((destination, role), ("arn:of:queue", "arn:aws:iam::123456789012:role/f"))
        self.assertEqual(record["requestContext"]["condition"], "RetriesExhausted")
        self.assertEqual(record["requestContext"]["functionArn"], f"{ARN}:$LATEST")
        self.assertEqual(record["requestContext"]["approximateInvokeCount"], 2)
        self.assertEqual(record["requestPayload"], {"do": "fail"})
        self.assertEqual(record["responsePayload"]["errorType"], "Own")

    def test_settings_are_those_of_the_qualifier_that_was_called(self):
        self.assertEqual(len(self.give("fail", arn=f"{ARN}:live")), 3)
        self.assertEqual((self.slept, self.given_up), ([60, 120], []))

    def test_one_that_is_too_old_is_given_up(self):
        times = iter([0.0, 0.0])
        self.assertEqual(len(self.give("fail", clock=lambda: next(times, 3601.0))), 1)
        self.assertEqual(self.given_up[0][1]["requestContext"]["condition"], "EventAgeExceeded")


if __name__ == "__main__":
    unittest.main()
