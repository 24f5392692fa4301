# SPDX-License-Identifier: Apache-2.0
"""Files carry the same words to a browser as on one machine."""

import pathlib
import re
import tempfile
import unittest

import ground
from deploy import files


def source(name: str) -> str:
    return (ground.ROOT / "src/site" / name).read_text(encoding="utf-8")


class SameAsOnOneMachine(unittest.TestCase):
    def test_types(self):
        theirs = dict(re.findall(r'^    \{"(\w+)", \{"([^"]+)", (?:yes|no)\}\},$', source("mime.cpp"), re.MULTILINE))
        self.assertGreater(len(theirs), 40)
        self.assertEqual(files.TYPES, theirs)
        self.assertIn(f'unknown{{"{files.UNKNOWN}", no}}', source("mime.cpp"))

    def test_times(self):
        theirs = dict(re.findall(r'string_view (for_\w+) =\s+"([^"]+)";', source("catalogue.cpp")))
        self.assertEqual(theirs, {"for_pages": files.PAGES, "for_fingerprinted": files.FINGERPRINTED,
                                  "for_others": files.OTHERS})

    def test_shortest_fingerprint(self):
        self.assertIn("hash_characters_min = 8;", source("mime.cpp"))
        self.assertTrue(files.is_fingerprinted("a.0123456f.js"))
        self.assertFalse(files.is_fingerprinted("a.012345f.js"))


class Rules(unittest.TestCase):
    def test_fingerprints(self):
        for name in ["style.0a1b2c3d4e.css", "a.min.ABCDEF12.js"]:
            self.assertTrue(files.is_fingerprinted(name), name)
        for name in ["style.css", "fair.20240518.jpg", ".0a1b2c3d.css", "0a1b2c3d", "a.0a1b2c3dg.js", "0a1b2c3d.css"]:
            self.assertFalse(files.is_fingerprinted(name), name)

    def test_a_page_is_never_kept_for_ever(self):
        self.assertEqual(files.cache_control_of("page.0a1b2c3d.html"), files.PAGES)
        self.assertEqual(files.cache_control_of("style.0a1b2c3d.css"), files.FINGERPRINTED)
        self.assertEqual(files.cache_control_of("palabre.js"), files.OTHERS)

    def test_types(self):
        for name, kind in [("a.HTML", "text/html; charset=utf-8"), ("a.b.svg", "image/svg+xml; charset=utf-8"),
                           ("a.unheard", files.UNKNOWN), ("LICENSE", files.UNKNOWN), (".html", files.UNKNOWN)]:
            self.assertEqual(files.type_of(name), kind, name)

    def test_what_is_read_of_a_folder(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ["index.html", "a/index.html", "a/b.css", "a/b.css.br", "a/b.css.gz", "alone.gz", ".palabre-site",
                     "a/.hidden/x", ".git/config", ".well-known/security.txt", ".well-known/.hidden"]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name, encoding="utf-8")
        read = files.read(folder)
        self.assertEqual([file.key for file in read],
                         [".well-known/security.txt", "a/b.css", "a/index.html", "alone.gz", "index.html"])
        self.assertEqual([file.key for file in read if file.is_page], ["a/index.html", "index.html"])


if __name__ == "__main__":
    unittest.main()
