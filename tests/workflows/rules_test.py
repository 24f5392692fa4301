#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A sound workflow, and what each rule says of it with one thing wrong."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import yaml

import lint
import rules
from commands import check_steps, command_findings
from pipeline import RUNNERS, dependabot_findings, missing_nights, missing_steps

ACTIONLINT = os.environ["ACTIONLINT"]
CHECK_JSONSCHEMA = os.environ["CHECK_JSONSCHEMA"]

SHA = "de0fac2e4500dabe0009e67214ff5f5447ce83dd"
SOUND = f"""\
name: deploy
on:
  push:
    branches: [main]
permissions: {{}}
jobs:
  tests:
    permissions:
      contents: read
    uses: ./.github/workflows/ci.yml
  staging:
    needs: tests
    runs-on: ubuntu-24.04
    timeout-minutes: 75
    environment: staging
    concurrency:
      group: deploy-staging
      cancel-in-progress: false
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@{SHA} # v6.0.2
        with:
          persist-credentials: false
      - uses: ./.github/actions/check
        with:
          name: any
          arguments: --unit --fuzz 20
      - run: ./check --tree && .ci/run --quick
        env:
          TITLE: ${{{{ github.event.head_commit.message }}}}
"""
NAME = ".github/workflows/deploy.yml"

# What is wrong; in the sound workflow, what is replaced by what; what is said.
WRONG = [
    ("a tag", f"@{SHA} # v6.0.2", "@v6", "not pinned"),
    ("a branch", f"@{SHA}", "@main", "not pinned"),
    ("39 digits", SHA, SHA[:-1], "not pinned"),
    ("no version", " # v6.0.2", "", "which version"),
    ("no permissions at the top", "permissions: {}\n", "", "at the top"),
    ("some permissions at the top", "permissions: {}\n", "permissions:\n  contents: read\n", "at the top"),
    ("no permissions of a called workflow", "    permissions:\n      contents: read\n    uses", "    uses",
     "tests: no permissions"),
    ("no permissions of a job", "    permissions:\n      contents: read\n      id-token: write\n", "",
     "staging: no permissions"),
    ("all permissions", "    permissions:\n      contents: read\n      id-token: write\n", "    permissions: write-all\n",
     "staging: no permissions"),
    ("a permission to write", "contents: read\n      id", "contents: write\n      id", "may not ask for contents: write"),
    ("an identity without an environment", "    environment: staging\n", "", "may not ask for id-token"),
    ("a privileged trigger", "  push:\n    branches: [main]", "  pull_request_target:", "stranger"),
    ("another", "on:\n  push:\n    branches: [main]", "on: [push, workflow_run]", "stranger"),
    ("an expression in a script", "./check --tree", "echo ${{ github.event.head_commit.message }}", "hand it over in env"),
    ("a stored secret", "${{ github.event.head_commit.message }}", "${{ secrets.AWS_SECRET_ACCESS_KEY }}", "stored secret"),
    ("handed-on secrets", "    uses: ./.github/workflows/ci.yml", "    uses: ./.github/workflows/ci.yml\n    secrets: inherit",
     "stored secret"),
    ("no timeout", "    timeout-minutes: 75\n", "", "timeout-minutes"),
    ("a timeout beyond reason", "timeout-minutes: 75", "timeout-minutes: 301", "timeout-minutes"),
    ("a deployment cut short", "cancel-in-progress: false", "cancel-in-progress: true", "concurrency"),
    ("no concurrency", "    concurrency:\n      group: deploy-staging\n      cancel-in-progress: false\n", "", "concurrency"),
    ("a runner that changes", "ubuntu-24.04", "ubuntu-latest", "without a commit"),
    ("one of a matrix that does", "runs-on: ubuntu-24.04", "strategy: {matrix: {runner: [ubuntu-24.04, ubuntu-latest]}}\n"
     "    runs-on: ${{ matrix.runner }}", "without a commit"),
    ("a token left behind", "persist-credentials: false", "persist-credentials: true", "persist-credentials"),
    ("no word on the token", "        with:\n          persist-credentials: false\n", "", "persist-credentials"),
    ("an action that is not there", "./.github/actions/check", "./.github/actions/chekc", "does not exist"),
    ("an input that is not there", "          name: any\n", "          name: any\n          nmae: any\n", "no input nmae"),
    ("a missing input", "          name: any\n", "", "requires name"),
    ("a step that is not there", "--unit --fuzz", "--units --fuzz", "./check has no option --units"),
    ("an option that is not there", "./check --tree", "./check --treee", "./check has no option --treee"),
    ("a second command", ".ci/run --quick", ".ci/run --quik", ".ci/run has no option --quik"),
    ("a command that is not there", "./check --tree", "./chek", "./chek does not exist"),
]


def said_of(text, name=NAME):
    return list(rules.findings(rules.File(name, text)))


class Rules(unittest.TestCase):
    def test_the_sound_one_passes(self):
        self.assertEqual(said_of(SOUND), [])

    def test_each_wrong_one_is_refused(self):
        for what, old, new, said in WRONG:
            with self.subTest(what):
                self.assertIn(old, SOUND)
                found = said_of(SOUND.replace(old, new))
                self.assertTrue(any(said in text for text in found), found)

    def test_every_rule_is_crossed(self):
        crossed = {rule for _, old, new, _ in WRONG for rule in rules.RULES
                   if list(rule(rules.File(NAME, SOUND.replace(old, new))))}
        self.assertEqual(crossed, set(rules.RULES))

    def test_only_deploy_yml_may_ask_for_an_identity(self):
        self.assertIn("id-token", said_of(SOUND, ".github/workflows/ci.yml")[0])

    def test_a_workflow_that_does_not_deploy_needs_concurrency_too(self):
        text = SOUND.replace("    environment: staging\n", "").replace("      id-token: write\n", "")
        self.assertIn("no concurrency group", said_of(text)[0])

    def test_composite_actions_are_read_as_well(self):
        action = "runs:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.any }}\n      shell: bash\n    - uses: a/b@v1\n"
        found = said_of(action, ".github/actions/any/action.yml")
        self.assertTrue(any("hand it over" in text for text in found) and any("not pinned" in text for text in found), found)


class Commands(unittest.TestCase):
    def test_options_in_an_array(self):
        script = 'options=(--tree)\n[ -z "$A" ] || options+=(--nothing)\n./check "${options[@]}"'
        self.assertEqual(list(command_findings(script)), ["./check has no option --nothing"])

    def test_comments_and_words_of_others_are_left_alone(self):
        self.assertEqual(list(command_findings("# ./chek --it\necho --any; gh api --jq x\ncat a./check")), [])

    def test_where_a_command_may_stand(self):
        for script in ["if ! ./chek; then", "a && ./chek", "a || ./chek", "b=$(./chek)", "a | ./chek"]:
            self.assertEqual(list(command_findings(script)), ["./chek does not exist, or is no program"], script)


class Pipeline(unittest.TestCase):
    def workflow(self, *arguments, runners=("ubuntu-24.04", "ubuntu-24.04-arm")):
        steps = [{"uses": "./.github/actions/check", "with": {"arguments": text}} for text in arguments]
        job = {"strategy": {"matrix": {"runner": list(runners)}}, "runs-on": "${{ matrix.runner }}", "steps": steps}
        return rules.File("any.yml", yaml.safe_dump({"jobs": {"one": job}}))

    def test_a_step_that_no_job_runs(self):
        steps = check_steps()
        self.assertGreater(len(steps), 10)
        everything = " ".join(f"--{step}" for step in steps)
        self.assertEqual(missing_steps(self.workflow(everything)), [])
        self.assertEqual(missing_steps(self.workflow("--fuzz 20", everything.replace("--tsan ", ""))),
                         [f"any.yml: no job on {runner} runs ./check --tsan" for runner in RUNNERS])

    def test_a_step_that_one_processor_does_not_run(self):
        steps = check_steps()
        everything = " ".join(f"--{step}" for step in steps)
        self.assertEqual(missing_steps(self.workflow(everything, runners=["ubuntu-24.04"])),
                         [f"any.yml: no job on ubuntu-24.04-arm runs ./check --{step}" for step in steps if step != "tidy"])
        self.assertIn("any.yml: no job on ubuntu-24.04 runs ./check --tidy",
                      missing_steps(self.workflow(everything, runners=["ubuntu-24.04-arm"])))

    def test_a_night_that_does_too_little(self):
        self.assertEqual(missing_nights(self.workflow("--fuzz 600", "--soak", "--all")), [])
        self.assertEqual(missing_nights(self.workflow("--fuzz 60", "--soak", "--all")),
                         ["any.yml: no job runs ./check --fuzz 600"])

    def test_locks_that_nobody_moves(self):
        settings = {"updates": [{"package-ecosystem": "github-actions", "directories": ["/"]},
                                {"package-ecosystem": "npm", "directories": ["/widget", "/gone"]}]}
        self.assertEqual(list(dependabot_findings(settings, ["widget/package-lock.json", "a/b/go.mod"])),
                         ["dependabot.yml: gomod in /a/b is moved by nobody", "dependabot.yml: /gone holds nothing of npm"])


class Tools(unittest.TestCase):
    """That they are there, and look."""

    def setUp(self):
        self.file = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()), "any.yml")

    def run_tool(self, text, *command):
        self.file.write_text(text, encoding="utf-8")
        ended = subprocess.run([*command, self.file], check=False, capture_output=True, text=True)
        return ended.returncode, ended.stdout + ended.stderr

    def test_actionlint(self):
        # An unknown job; a context that is not there; a runner nobody has; an input of no use.
        for old, new, said in [("needs: tests", "needs: test", "needs"), ("github.event.h", "githb.event.h", "githb"),
                               ("ubuntu-24.04", "ubuntu-24.4", "label"), ("branches", "branchs", "branchs")]:
            status, told = self.run_tool(SOUND.replace(old, new), ACTIONLINT, "-shellcheck=", "-pyflakes=")
            self.assertEqual(status, 1, told)
            self.assertIn(said, told)

    def test_schemas(self):
        for schema, sound in [("workflows", SOUND), ("actions", "name: a\ndescription: a\nruns: {using: composite, steps: []}\n")]:
            command = [CHECK_JSONSCHEMA, "--builtin-schema", f"vendor.github-{schema}"]
            self.assertEqual(self.run_tool(sound, *command)[0], 0)
            status, told = self.run_tool(sound.replace("runs", "rusn"), *command)
            self.assertEqual(status, 1, told)
            self.assertIn("rusn", told)

    def test_shellcheck_of_a_step(self):
        file = rules.File(NAME, SOUND.replace("./check --tree", "ls $TITLE"))
        self.assertIn("SC2086", "".join(lint.file_findings(file)))
        self.assertEqual(list(lint.file_findings(rules.File(NAME, SOUND))), [])


if __name__ == "__main__":
    unittest.main()
