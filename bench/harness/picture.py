# SPDX-License-Identifier: Apache-2.0
"""Draws the picture of the README from a report: two groups of bars, in SVG, without any library.

The card brings its own background, so that it reads the same on a light page and on a dark one.
"""

import html
import statistics

WIDTH = 760
LEFT = 200  # where bars begin
RIGHT = 130  # room for the number behind the longest
ROW = 30
BAR = 18
INK, QUIET, PAPER = "#e6e9ef", "#9aa4b5", "#1b2230"
OURS, OTHERS = "#4fb286", "#5b6b86"

NAMES = {
    "palabre": "Palabre", "nginx": "nginx, a static file", "fastapi": "FastAPI + uvicorn",
    "isso": "Isso + gunicorn", "syncs": "fdatasync, one by one",
}


def medians(report, group, names, number):
    """The median of a number of each party that was measured."""
    seen = report["measurements"].get(group, {})
    return [(name, statistics.median(map(number, seen[name]))) for name in names if name in seen]


def per_second(one):
    return one["per_second"]


def per_processor_second(one):
    """What does not depend on who else wants the core."""
    return 1e6 / one["processor_us_per_answer"]


def text(x, y, words, size=13, colour=INK, more=""):
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" {more}>{html.escape(words)}</text>'


def spaced(rate):
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def bars(title, measured, top):
    longest = max(rate for _, rate in measured)
    yield text(24, top, title, 14, INK, 'font-weight="600"')
    for row, (name, rate) in enumerate(measured):
        y = top + 14 + row * ROW
        width = max(1.5, (WIDTH - LEFT - RIGHT) * rate / longest)
        colour = OURS if name == "palabre" else OTHERS
        yield text(LEFT - 12, y + 14, NAMES[name], 13, INK, 'text-anchor="end"')
        yield f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" rx="3" fill="{colour}"/>'
        yield text(f"{LEFT + width + 8:.1f}", y + 14, spaced(rate), 13)


def draw(report):
    """The SVG, or None when the report lacks a group that it shows."""
    groups = [
        ("Pages of 20 comments, per second of processor time",
         medians(report, "read_hot", ("palabre", "nginx", "fastapi", "isso"), per_processor_second)),
        ("Durable posts per second, on one core and one disk",
         medians(report, "write", ("palabre", "fastapi", "syncs"), per_second)),
    ]
    if any(len(measured) < 2 for _, measured in groups):
        return None
    top, parts = 40, []
    for title, measured in groups:
        parts.extend(bars(title, measured, top))
        top += 14 + len(measured) * ROW + 32
    machine = report["machine"]
    parts.append(text(24, top - 8, f"64 connections; medians of {report['rounds']} interleaved rounds; "
                      f"{machine['processor']}, {machine['cores']} shared cores, {machine['date']}", 11, QUIET))
    label = "; ".join(f"{title}: " + ", ".join(f"{NAMES[name]} {spaced(rate)}" for name, rate in measured)
                      for title, measured in groups)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 12}" width="{WIDTH}" role="img"'
        f' aria-label="{html.escape(label)}" font-family="system-ui, sans-serif">\n'
        f'<rect width="{WIDTH}" height="{top + 12}" rx="10" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
