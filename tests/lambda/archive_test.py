#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Looks into an archive as AWS Lambda does: archive_test.py ARCHIVE PROGRAM"""

import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile

MAKE = pathlib.Path(__file__).resolve().parents[2] / "tools/lambda-zip"
ARCHIVE_BYTES_MAX = 4 * 1024 * 1024

archive = program = None  # arguments of the command line


class Archive(unittest.TestCase):
    def test_it_holds_the_program_and_nothing_else(self):
        with zipfile.ZipFile(archive) as opened:
            self.assertEqual(opened.namelist(), ["bootstrap"])
            self.assertEqual(opened.read("bootstrap"), program.read_bytes())

    def test_anybody_may_execute_the_program(self):
        with zipfile.ZipFile(archive) as opened:
            mode = opened.getinfo("bootstrap").external_attr >> 16
        self.assertEqual(stat.filemode(mode), "-rwxr-xr-x")

    def test_it_is_small(self):
        self.assertLessEqual(archive.stat().st_size, ARCHIVE_BYTES_MAX)

    def test_made_again_later_it_is_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "copy")
            copy.write_bytes(program.read_bytes())  # of another time, and not executable
            again = pathlib.Path(folder, "again.zip")
            subprocess.run([MAKE, copy, again], check=True, capture_output=True)
            self.assertEqual(again.read_bytes(), archive.read_bytes())

    def test_a_program_that_is_too_large_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            large = pathlib.Path(folder, "large")
            # Bytes that do not compress.
            large.write_bytes(pathlib.Path("/dev/urandom").open("rb").read(ARCHIVE_BYTES_MAX))
            made = pathlib.Path(folder, "large.zip")
            ended = subprocess.run([MAKE, large, made], check=False, capture_output=True, text=True)
            self.assertEqual(ended.returncode, 1)
            self.assertIn("more than", ended.stderr)
            self.assertFalse(made.exists())


if __name__ == "__main__":
    archive, program = map(pathlib.Path, sys.argv[1:])
    unittest.main(argv=sys.argv[:1])
