#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the manual pages to the program: every command, option and setting, and nothing that is not there.

    test_pages.py PROGRAM palabre.1 palabre.toml.5
"""

import os
import pathlib
import re
import subprocess
import sys
import unittest

PROGRAM, COMMANDS_PAGE, SETTINGS_PAGE = map(os.path.abspath, sys.argv[1:4])


def output_of(*arguments):
    """What the program prints, without a setting from outside."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PALABRE_")}
    done = subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, check=True, env=variables, cwd="/"
    )
    return done.stdout


def part_of_help(text, title):
    """The lines under "Options:" or "Subcommands:", without their indentation."""
    found = re.search(rf"^{title}:\n((?:  .*\n?)+)", text, re.MULTILINE)
    return [line[2:] for line in found[1].splitlines() if line[2:3].strip()] if found else []


def commands_below(*path):
    """{("palabre", "config"): {"--config", …}} of that command and all below it."""
    text = output_of(*path, "--help")
    options = set()
    for line in part_of_help(text, "Options"):
        options |= set(re.findall(r"(?<![\w-])--[\w-]+", line.split("  ")[0]))
    found = {("palabre", *path): options}
    for line in part_of_help(text, "Subcommands"):
        found |= commands_below(*path, line.split()[0])
    return found


def plain(text):
    """A manual page without its marks."""
    text = re.sub(r"\\f.|\\&", "", text)
    return text.replace(r"\-", "-").replace(r"\(aq", "'").replace(r"\(ga", "`").replace(r"\e", "\\")


def section_of(page, title):
    found = re.search(rf"^\.SH {re.escape(title)}\n(.*?)(?=^\.SH |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def options_in(text):
    """Those that are explained, each under a .TP of its own."""
    return set(re.findall(r"--[\w-]+", " ".join(re.findall(r"^\.TP\n(.*)$", text, re.MULTILINE))))


def documented_commands(page):
    found = {}
    for part in section_of(page, "COMMANDS").split(".SS ")[1:]:
        title, _, text = part.partition("\n")
        name = tuple(word for word in title.split() if re.fullmatch("[a-z][a-z-]*", word))
        found[name] = options_in(text)
    return found


class CommandsPage(unittest.TestCase):
    """palabre(1)."""

    @classmethod
    def setUpClass(cls):
        page = plain(pathlib.Path(COMMANDS_PAGE).read_text(encoding="utf-8"))
        cls.common = options_in(section_of(page, "OPTIONS"))
        cls.documented = documented_commands(page)
        cls.known = commands_below()
        cls.known_to_all = cls.known.pop(("palabre",))

    def test_the_program_has_commands(self):
        self.assertIn(("palabre", "serve"), self.known)
        self.assertIn("--config", self.known[("palabre", "serve")])

    def test_names_every_command_and_no_other(self):
        self.assertEqual(sorted(self.documented), sorted(self.known))

    def test_explains_every_option_and_no_other(self):
        self.assertLessEqual(self.known_to_all, self.common)
        for command, options in self.known.items():
            with self.subTest(command=" ".join(command)):
                explained = self.documented.get(command, set())
                self.assertEqual(options - self.common, explained - self.common)


class SettingsPage(unittest.TestCase):
    """palabre.toml(5)."""

    def test_has_every_setting_with_its_default(self):
        page = plain(pathlib.Path(SETTINGS_PAGE).read_text(encoding="utf-8"))
        section, checked = "", 0
        for line in output_of("config", "show").splitlines():
            if line.startswith("["):
                section = line
                self.assertIn(f"\n.SH {section}\n", page)
            elif line and not line.startswith("#"):
                setting = line.partition("  # ")[0]
                self.assertIn(f"\n{setting}\n", section_of(page, section))
                checked += 1
        self.assertGreater(checked, 20)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
