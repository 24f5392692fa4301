#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the manual page palabre.toml(5) of the example of the settings.

    settings_page.py palabre.example.toml VERSION OUT

The example holds a paragraph for each setting, or for a few that stand together; what stands at its top is for the
reader of that file, and the page says it in its own words.
"""

import pathlib
import re
import sys

SECTION = re.compile(r"^\[(\w+)\]$")
SETTING = re.compile(r"^(\w+) = (.+)$")

HEAD = r'''.\" SPDX-License-Identifier: Apache-2.0
.\" Made of palabre.example.toml by settings_page.py.
.TH PALABRE.TOML 5 "" "Palabre {version}" "File Formats"
.SH NAME
palabre.toml \- settings of palabre(1)
.SH DESCRIPTION
A file in TOML, with only what shall differ from the defaults, which are shown here with each setting.
\fBpalabre config check\fR says what is wrong with a file, with line and column; \fBpalabre config show\fR prints all
settings in force.
.PP
Each setting can also come from the environment, which wins over the file: \fBPALABRE_\fR and the names of section and
setting, as in \fB\%PALABRE_SERVER_THREADS=2\fR.
Items of lists stand between commas.
.PP
Relative paths begin at the folder of the file.
The packaged service reads \fI/etc/palabre/palabre.toml\fR.
'''
TAIL = r'''.SH SEE ALSO
.BR palabre (1)
'''


def escaped(text):
    """Text as roff prints it: no request at the start of a line, plain hyphens and quotes."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    return r"\&" + text if text.startswith(".") else text


class Page:
    """Reads the example line by line."""

    def __init__(self):
        self.parts = []
        self.words = []  # of the paragraph that the next setting belongs to
        self.settings = []  # those that share it

    def read(self, line):
        if section := SECTION.match(line):
            self.end_paragraph()
            self.words = []
            self.parts.append(f".SH [{section[1]}]")
        elif setting := SETTING.match(line):
            self.settings.append((setting[1], setting[2]))
        elif line.startswith("#"):
            self.words.append(line.removeprefix("#").strip())
        elif not line:
            self.end_paragraph()
        else:
            raise ValueError(f"neither a section, nor a setting, nor a comment: {line}")

    def end_paragraph(self):
        for count, (name, value) in enumerate(self.settings):
            self.parts.append(".TP" if count == 0 else ".TQ")
            self.parts.append(rf"\fB{escaped(name)}\fR = {escaped(value)}")
        if self.settings:
            self.parts.append(escaped(" ".join(self.words)))
        self.words, self.settings = [], []


def page_of(example, version):
    page = Page()
    for line in example.splitlines():
        page.read(line)
    page.end_paragraph()
    return HEAD.format(version=version) + "\n".join(page.parts) + "\n" + TAIL


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    example, version, out = sys.argv[1:]
    text = pathlib.Path(example).read_text(encoding="utf-8")
    pathlib.Path(out).write_text(page_of(text, version), encoding="utf-8")


if __name__ == "__main__":
    main()
