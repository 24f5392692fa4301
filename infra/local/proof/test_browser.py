# SPDX-License-Identifier: Apache-2.0
"""What a reader's browser makes of it: browser.test.mjs, which has the tests."""
import os
import shutil
import subprocess
import unittest

from .deployed import REPOSITORY, deployed

TESTS = REPOSITORY / "infra/local/proof/browser.test.mjs"
PICTURE = REPOSITORY / "build/infra-local/proof.png"

# Some 40 pages are opened; each of them waits for nobody longer than half a minute.
SECONDS_MAX = 600


def _browser() -> str | None:
    names = (os.environ.get("PALABRE_CHROMIUM"), "chromium", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


class Browser(unittest.TestCase):
    def test_a_reader_with_a_real_browser(self):
        browser = _browser()
        if browser is None:
            reason = "no Chromium or Chrome: install one, or name it in PALABRE_CHROMIUM"
            # A person may have good reasons; continuous integration has none.
            self.assertFalse(os.environ.get("CI"), reason)
            self.skipTest(reason)
        site = deployed()
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        edge = site.world.edge
        told = {"PALABRE_CHROMIUM": browser, "PROOF_HOST": site.host, "PROOF_HTTP": str(edge.http),
                "PROOF_HTTPS": str(edge.https), "PROOF_PICTURE": str(PICTURE)}
        done = subprocess.run(["node", "--test", TESTS], env=os.environ | told, capture_output=True, text=True,
                              timeout=SECONDS_MAX, check=False)
        self.assertEqual(done.returncode, 0, f"{done.stdout}\n{done.stderr}")


if __name__ == "__main__":
    unittest.main()
