#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows tools/elf-check programs with one thing wrong each, made by this machine's compiler."""

import pathlib
import platform
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "tools/elf-check"
HERE = {"x86_64": "x86-64", "aarch64": "arm64"}[platform.machine()]
ELSEWHERE = {"x86-64": "arm64", "arm64": "x86-64"}[HERE]

SOUND = ["-O1", "-pie", "-fPIE", "-s", "-Wl,-z,relro,-z,now,-z,noexecstack"]
EMPTY = "int main(void) { return 0; }"
# arc4random is younger (glibc 2.36) than what Lambda has.
YOUNG = "#include <stdlib.h>\nint main(void) { return (int)arc4random(); }"


class ElfCheck(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def make(self, *options, source=EMPTY):
        code, made = pathlib.Path(self.folder, "program.c"), pathlib.Path(self.folder, "program")
        code.write_text(source, encoding="ascii")
        subprocess.run(["gcc", *SOUND, *options, "-o", made, code], check=True)
        return made

    def check(self, program, *options, machine=HERE):
        ended = subprocess.run(
            [CHECK, "--machine", machine, *options, program], check=False, capture_output=True, text=True)
        self.assertEqual(ended.returncode, 1 if ended.stdout else 0, ended.stderr)
        return ended.stdout

    def test_sound_programs_pass(self):
        self.assertEqual(self.check(self.make()), "")
        self.assertEqual(self.check(self.make("-static-pie"), "--static"), "")

    def test_each_fault_is_found(self):
        for options, told in [
            (["-no-pie", "-fno-PIE"], "position-independent"),
            (["-static", "-no-pie"], "position-independent"),
            (["-Wl,-z,execstack"], "executable stack"),
            (["-Wl,-z,norelro"], "no RELRO"),
            (["-Wl,-z,lazy"], "late"),
            (["-Wl,-rpath,/opt/lib"], "RPATH"),
            (["-Wl,--no-as-needed", "-lstdc++"], "needs libstdc++.so.6"),
        ]:
            with self.subTest(options):
                self.assertIn(told, self.check(self.make(*options)))

    def test_symbols_are_found(self):
        made = pathlib.Path(self.folder, "with_symbols")
        source = pathlib.Path(self.folder, "program.c")
        source.write_text(EMPTY, encoding="ascii")
        subprocess.run(["gcc", *(each for each in SOUND if each != "-s"), "-o", made, source], check=True)
        self.assertIn("not stripped", self.check(made))

    def test_a_young_symbol_is_found(self):
        self.assertIn("GLIBC_2.36", self.check(self.make(source=YOUNG)))

    def test_a_static_program_needs_nothing(self):
        told = self.check(self.make(), "--static")
        self.assertIn("needs libc.so.6", told)
        self.assertIn("loader", told)

    def test_another_machine_is_found(self):
        self.assertIn("is for machine", self.check(self.make(), machine=ELSEWHERE))

    def test_what_is_no_program_is_found(self):
        for content in [b"", b"#!/bin/sh\n", b"\x7fELF\x02\x01", b"\x7fELF\x02\x01" + b"\xff" * 100]:
            with self.subTest(content):
                file = pathlib.Path(self.folder, "file")
                file.write_bytes(content)
                self.assertNotEqual(self.check(file), "")


if __name__ == "__main__":
    unittest.main()
