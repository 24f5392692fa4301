#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the program of AWS Lambda as Lambda would: bootstrap_test.py FOLDER [--emulator PROGRAM]

FOLDER holds `bootstrap` and `https_probe`. The emulator is qemu-user's, of the architecture they were
built for; with it, every system call is looked at too: which files are opened.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import fakes  # noqa: E402
import private_network  # noqa: E402

# Emulated, on a machine that is busy with something else.
PATIENCE_S = 120

# Files that the program may ask for, there or not. No loader, no library, no locale, no iconv, no
# module of NSS, no configuration of OpenSSL.
MAY_OPEN = re.compile(
    r"/etc/(resolv\.conf|nsswitch\.conf|hosts|host\.conf|(net)?svc\.conf)"  # c-ares itself
    r"|/dev/urandom"
    r"|/etc/localtime|/usr/share/zoneinfo/UTC"  # glibc, when a certificate's dates are read
    r"|/proc/(self|sys)/.*|/sys/.*")  # the kernel: sizes, numbers of processors

OPENED = re.compile(r'^\d+ (?:openat\([^,]+,|open\()"([^"]*)"', re.MULTILINE)

# What every Lambda function finds; nothing answers at the endpoint.
LAMBDA_VARIABLES = {
    "_HANDLER": "api",
    "AWS_REGION": "eu-west-3",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "PALABRE_EDIT_SECRET": "thirty-two bytes that nobody guesses",
    "LANG": "en_US.UTF-8",
    "TZ": ":UTC",
}
PROBE_VARIABLES = {"LANG": "en_US.UTF-8", "TZ": ":UTC"}

EVENT = {
    "version": "2.0",
    "rawPath": "/openapi.json",
    "rawQueryString": "",
    "headers": {"host": "palabre.test"},
    "requestContext": {"http": {"method": "GET", "path": "/openapi.json", "sourceIp": "192.0.2.1"},
                       "requestId": "one"},
    "isBase64Encoded": False,
}

chosen = None  # arguments of the command line


def command(name, *arguments, strace=False):
    start = []
    if chosen.emulator:
        start = [chosen.emulator, *(["-strace"] if strace else [])]
    return [*start, str(pathlib.Path(chosen.folder, name)), *arguments]


def run(name, *arguments, variables=None, strace=False):
    return subprocess.run(
        command(name, *arguments, strace=strace), env=variables or {}, capture_output=True, text=True,
        errors="replace", timeout=PATIENCE_S, check=False)


@contextlib.contextmanager
def running(name, variables, errors):
    process = subprocess.Popen(command(name, strace=True), env=variables, stderr=errors)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Bootstrap(unittest.TestCase):
    def test_without_lambda_it_says_so_and_ends(self):
        ended = run("bootstrap")
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertIn("AWS_LAMBDA_RUNTIME_API", ended.stderr)

    def test_it_answers_events_and_ends_with_lambda(self):
        api = fakes.runtime_api()
        self.addCleanup(api.close)
        variables = {**LAMBDA_VARIABLES, "AWS_LAMBDA_RUNTIME_API": api.address}
        with tempfile.TemporaryFile("w+", errors="replace") as errors:
            with running("bootstrap", variables, errors) as process:
                for number in (1, 2):
                    what, body = api.ask(number, json.dumps(EVENT).encode(), PATIENCE_S)
                    self.assertEqual(what, f"invocation/{number}/response", body)
                    answer = json.loads(body)
                    self.assertEqual(answer["statusCode"], 200, answer)
                    self.assertIn("openapi", json.loads(answer["body"]))
                api.end()
                self.assertNotEqual(process.wait(PATIENCE_S), 0)
            errors.seek(0)
            told = errors.read()
        self.assertIn("no event", told)
        if chosen.emulator:
            self.assertRegex(told, r"(?m)^\d+ write\(", "the system calls were looked at")
            self.assertEqual(files_refused(told), [])


class Network(unittest.TestCase):
    """Names and TLS, by the part of the program that talks to services."""

    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        host = fakes.HOST if chosen.has_network else "localhost"
        cls.certificate, key = fakes.make_certificate(cls.folder, host)
        cls.service = fakes.https_service(cls.certificate, key)
        cls.addClassCleanup(cls.service.close)
        cls.url = f"https://{host}:{cls.service.port}"
        if chosen.has_network:
            cls.names = fakes.name_server()
            cls.addClassCleanup(cls.names.close)
            private_network.replace_file("/etc/resolv.conf", "nameserver 127.0.0.1\n", cls.folder)

    def ask(self, url, **variables):
        return run("https_probe", url, variables={**PROBE_VARIABLES, **variables}, strace=True)

    def test_a_name_is_resolved_and_tls_is_spoken(self):
        got = self.ask(self.url, AWS_CA_BUNDLE=str(self.certificate))
        self.assertEqual((got.returncode, got.stdout), (0, "200 here I am\n"), got.stderr[-2000:])
        if chosen.has_network:
            self.assertIn(fakes.HOST, self.names.asked)
        refused = [file for file in files_refused(got.stderr) if file != str(self.certificate)]
        self.assertEqual(refused, [])
        if chosen.emulator:
            self.assertIn(str(self.certificate), OPENED.findall(got.stderr))

    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        got = self.ask(self.url)
        self.assertEqual((got.returncode, got.stdout), (1, ""))
        self.assertIn("is not trusted", got.stderr)

    def test_a_certificate_of_another_name_is_refused(self):
        other, _ = fakes.make_certificate(self.folder, "other.palabre.test")
        bundle = pathlib.Path(self.folder, "both.pem")
        bundle.write_bytes(self.certificate.read_bytes() + other.read_bytes())
        got = self.ask(f"https://127.0.0.1:{self.service.port}", AWS_CA_BUNDLE=str(bundle))
        self.assertEqual((got.returncode, got.stdout), (1, ""))
        self.assertIn("is not trusted", got.stderr)

    def test_a_name_that_nobody_has_is_an_error(self):
        if not chosen.has_network:
            self.skipTest("no name server of its own")
        got = self.ask("https://nobody.palabre.test")
        self.assertEqual((got.returncode, got.stdout), (1, ""))
        self.assertIn("nobody.palabre.test", got.stderr)
        self.assertIn("nobody.palabre.test", self.names.asked)


def files_refused(strace):
    """Those of `qemu -strace` that are not in the list."""
    return sorted({file for file in OPENED.findall(strace) if not MAY_OPEN.fullmatch(file)})


def main():
    global chosen
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("folder")
    read.add_argument("--emulator")
    chosen = read.parse_args()
    chosen.has_network = private_network.enter()
    ended = unittest.main(argv=[sys.argv[0]], exit=False).result
    if not chosen.has_network:
        print("No network namespace may be made here: names were resolved without a name server.")
    if not chosen.emulator:
        print("No emulator was given: nobody looked which files are opened.")
    sys.exit(0 if ended.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
