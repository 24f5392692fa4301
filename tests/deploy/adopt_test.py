# SPDX-License-Identifier: Apache-2.0
"""What was found is taken in: each stack gets its own, and what is left of a failed one goes before."""

import json
import pathlib
import unittest
import unittest.mock

import ground
import keeping
from deploy import adopt, cdk, say, search, stacks

NAMES, TEMPLATES = ground.NAMES, keeping.TEMPLATES


class TakesIn(keeping.InAssembly):
    def cdk(self, words, log, *_):
        """Reads what it is given while it is there, as the CDK does, and takes it in."""
        stack, folder, mapping = words[1], pathlib.Path(words[3]), pathlib.Path(words[5])
        self.assertEqual([words[0], words[2], words[4]], ["import", "--app", "--resource-mapping"])
        self.assertTrue((folder / "manifest.json").exists())
        self.assertFalse((folder / "asset.1.zip").exists())
        written = json.loads((folder / f"{stack}.template.json").read_text())
        self.calls.append((stack, json.loads(mapping.read_text()), written, *words[6:]))
        part = self.staging.part_of(stack)
        self.standing(part, *stacks.named(self.staging, part) if self.stands else (), *written["Resources"],
                      status=self.ends)

    def take_in(self, ends="IMPORT_COMPLETE", stands=False):
        self.calls, self.ends, self.stands = [], ends, stands
        with ground.Spoken() as said, unittest.mock.patch.object(cdk, "run", self.cdk):
            adopt.take_in(self.staging, search.look(self.staging))
        return str(said)

    def test_each_stack_gets_what_is_its_own_and_nothing_else(self):
        for name in ("siteBucket", "backupBucket", "logBucket"):
            self.make_bucket(NAMES[name])
        said = self.take_in()
        (data, mapping, template), (site, *_) = self.calls
        self.assertEqual((data, site), ("Palabre-staging-Data", "Palabre-staging-Site"))
        self.assertEqual(mapping, {"Logs": {"BucketName": NAMES["logBucket"]},
                                   "Backups": {"BucketName": NAMES["backupBucket"]}})
        own = TEMPLATES["Data"]
        without_order = {part: each for part, each in own["Backups"].items() if part != "DependsOn"}
        self.assertEqual(template, {"Resources": {"Logs": own["Logs"], "Backups": without_order}})
        self.assertIn("Data: 2 of what was found again", said)

    def test_what_the_deployment_will_read_stays_as_it_is(self):
        self.make_bucket(NAMES["backupBucket"])
        before = self.template(search.ASSEMBLY, "Data").read_text()
        self.take_in()
        self.assertEqual(self.template(search.ASSEMBLY, "Data").read_text(), before)

    def test_the_rest_of_a_failed_stack_goes_before(self):
        self.make_bucket(NAMES["backupBucket"])
        self.standing("Data", *TEMPLATES["Data"], status="ROLLBACK_COMPLETE")
        delete = unittest.mock.Mock(side_effect=lambda *_: self.assertEqual(self.calls, []))
        with unittest.mock.patch.object(stacks, "delete", delete):
            said = self.take_in()
        delete.assert_called_once_with(self.staging, "Data")
        self.assertEqual(len(self.calls), 1)
        self.assertIn("the stack whose making failed; what it kept stays", said)

    def test_to_a_stack_that_stands_it_is_added(self):
        self.make_bucket(NAMES["backupBucket"])
        self.standing("Data", Logs=NAMES["logBucket"])
        self.take_in(stands=True)
        [(data, mapping, template, *more)] = self.calls
        self.assertEqual((list(mapping), list(template["Resources"]), more), (["Backups"], ["Backups"], ["--force"]))

    def test_an_import_that_was_left_out(self):
        self.make_bucket(NAMES["backupBucket"])
        with self.assertRaisesRegex(say.Stop, "took not all in: .*Palabre-staging-Data is UPDATE_COMPLETE.*cdk-import-Data"):
            self.take_in(ends="UPDATE_COMPLETE")
        with unittest.mock.patch.object(cdk, "run", lambda *_: ""), ground.Spoken(), \
                self.assertRaisesRegex(say.Stop, "took not all in"):
            self.standing("Data", Logs=NAMES["logBucket"], status="IMPORT_COMPLETE")
            adopt.take_in(self.staging, search.look(self.staging))

    def test_nothing_found_nothing_done(self):
        self.assertEqual((self.take_in(), self.calls), ("", []))


if __name__ == "__main__":
    unittest.main()
