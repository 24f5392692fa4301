#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the scripts make of this machine's processor, with a `uname` before the real one that pretends another."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCED = ("tools/lib.sh", "tools/install.sh", "tools/build.sh", "tools/lambda.sh")
CROSS_COMPILER = "g++-aarch64-linux-gnu"


class Architecture(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def pretend(self, name, script):
        program = self.folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        program.chmod(0o755)

    def run_on(self, machine, *command):
        self.pretend("uname", f"echo {machine}")
        return subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60,
            env={**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}"})

    def call(self, machine, line):
        """A line of bash where the functions are known."""
        sources = "".join(f". {name}; " for name in SOURCED)
        return self.run_on(machine, "bash", "-euc", f"set -o pipefail; {sources}{line}")

    def test_its_own_name_is_that_of_aws(self):
        for machine, name in [("x86_64", "x86_64"), ("aarch64", "arm64"), ("riscv64", "riscv64")]:
            self.assertEqual(self.call(machine, "this_architecture").stdout, f"{name}\n")

    def test_a_machine_builds_its_own_as_any_program(self):
        for machine, architecture, preset in [
                ("x86_64", "x86_64", "lambda"), ("x86_64", "arm64", "lambda-arm64"), ("aarch64", "arm64", "lambda")]:
            with self.subTest(machine=machine, architecture=architecture):
                self.assertEqual(self.call(machine, f"lambda_preset {architecture}").stdout, f"{preset}\n")

    def test_what_cannot_be_built_is_refused_in_a_sentence(self):
        for machine, architecture, told in [
                ("aarch64", "x86_64", "the functions for x86_64 cannot be built on arm64"),
                ("riscv64", "arm64", "AWS Lambda runs on x86-64 and arm64 alone, and this machine is riscv64")]:
            with self.subTest(machine=machine):
                ended = self.call(machine, f"make_lambda {architecture}; echo went on")
                self.assertEqual((ended.returncode, ended.stdout), (3, ""))
                self.assertIn(told, ended.stderr)
                self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)

    def test_the_command_refuses_before_it_does_anything(self):
        for machine, words, told in [
                ("aarch64", ["--arch", "both"], "cannot be built on arm64"),
                ("aarch64", ["--arch", "x86_64"], "cannot be built on arm64"),
                ("riscv64", [], "this machine is riscv64")]:
            with self.subTest(machine=machine, words=words):
                ended = self.run_on(machine, "./package", "lambda", "--no-install", *words)
                self.assertEqual((ended.returncode, ended.stdout), (3, ""))
                self.assertIn(told, ended.stderr)

    def test_only_a_cross_compiler_wants_libraries_fetched(self):
        (self.folder / "tools").mkdir()
        self.pretend("tools/sysroot-arm64", "echo fetched")
        for machine, told in [("aarch64", "compiled lambda\n"), ("x86_64", "fetched\ncompiled lambda-arm64\n")]:
            with self.subTest(machine=machine):
                line = f'compile() {{ echo compiled "$1"; }}; cd {self.folder}; compile_lambda arm64 bootstrap'
                self.assertEqual(self.call(machine, line).stdout, told)

    def test_packages(self):
        for machine, wanted in [("x86_64", True), ("aarch64", False)]:
            for codename in ("bookworm", "trixie", "noble"):
                names = self.call(machine, f"packages_for {codename} lambda").stdout.split()
                self.assertIn("advancecomp", names)
                self.assertEqual(CROSS_COMPILER in names, wanted)


if __name__ == "__main__":
    unittest.main()
