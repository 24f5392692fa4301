# SPDX-License-Identifier: Apache-2.0
"""How ./deploy speaks: a line for each step, as ./check has it, and what it did in sentences below."""

import sys

FAILED, WRONG_USE, MISSING, REFUSED = 1, 2, 3, 4   # exit statuses, as ./deploy --help says


class Stop(Exception):
    """The end, with a sentence for the person at the keyboard, as opposed to a bug of ours."""

    def __init__(self, sentence: str, status: int = FAILED):
        super().__init__(sentence)
        self.status = status


def step(title: str, sentence: str) -> None:
    print(f"  {title:<13} {sentence}", flush=True)


def more(sentence: str) -> None:
    step("", sentence)


def ask(question: str, *, yes: bool) -> None:
    """Returns when the answer is yes; --yes is one. Where nobody can answer, nothing is done."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Stop(f"{question} There is no terminal to answer at: say --yes.", REFUSED)
    if input(f"\n  {question} [y/N] ").strip().lower() not in ("y", "yes"):
        raise Stop("Nothing was done.", REFUSED)
