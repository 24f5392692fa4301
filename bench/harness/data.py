# SPDX-License-Identifier: Apache-2.0
"""Sets of generated comments, made once and kept in build/bench/data until the seeder changes."""

import hashlib
import json
import pathlib
import shutil
import subprocess

DATABASE = "comments.sqlite"  # what `palabre serve` opens in its folder


class Data:
    def __init__(self, folder, seeder, python):
        self.folder = pathlib.Path(folder)
        self.seeder = pathlib.Path(seeder)
        self.python = python  # of the venv, to load comments into the other party's database

    def comments(self, comments, sections, lines=True):
        """A folder with a database, and lines.json beside it: comment i is in section i % sections."""
        made = self.folder / f"{comments}-in-{sections}"
        seeder = hashlib.sha256(self.seeder.read_bytes()).hexdigest()
        stamp = made / "stamp"
        if stamp.exists() and stamp.read_text() == seeder:
            return made
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        line = [self.seeder, made / DATABASE, "--comments", str(comments), "--sections", str(sections)]
        subprocess.run(line + (["--lines", made / "lines.json"] if lines else []), check=True)
        stamp.write_text(seeder)
        return made

    def for_fastapi(self, folder):
        """The same comments in a database of the FastAPI party."""
        database = folder / "fastapi.sqlite"
        if not database.exists():
            unfinished = folder / "fastapi.unfinished"
            unfinished.unlink(missing_ok=True)
            script = pathlib.Path(__file__).parent.parent / "parties" / "fastapi_app.py"
            subprocess.run([self.python, script, folder / "lines.json", unfinished], check=True,
                           capture_output=True)
            unfinished.rename(database)
        return database


def newest_first(folder, section):
    """The comments of one section, as its page shows them."""
    with open(folder / "lines.json", encoding="utf-8") as file:
        found = [one for one in map(json.loads, file) if one["sectionId"] == section]
    return found[::-1]


def page_requests(path, sections):
    """A file of requests, one page of each section."""
    lines = (f"GET /commentaires?sectionId=/articles/{n}\n" for n in range(sections))
    path.write_text("".join(lines))
    return path


TEXT = (
    "Merci pour **cet article** : la partie sur `fdatasync` m'a fait gagner une journée.\n\n"
    "- et le disque qui ment ?\n- et la coupure de courant ?\n\n"
    "Voir aussi [la documentation](https://example.org/wal) & le reste. " * 2
)


def post_requests(path, count=500):
    """A file of honest posts to many sections, as all parties take them."""
    def line(number):
        body = {"sectionId": f"/articles/{number}", "author": f"Lecteur {number}", "text": TEXT}
        return "POST /commentaires\t" + json.dumps(body, ensure_ascii=False) + "\n"

    path.write_text("".join(map(line, range(count))), encoding="utf-8")
    return path


def bad_requests(path):
    """What a careless or hostile client sends: broken JSON, no section, addresses that are not there."""
    path.write_text(
        "POST /commentaires\t" + '{"sectionId": "/articles/1", "author": \n'
        + "GET /commentaires\n"
        + "GET /commentaires/none-such-comment\n"
        + "GET /commentaires?sectionId=/articles/1&limit=many\n"
    )
    return path
