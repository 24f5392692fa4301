# SPDX-License-Identifier: Apache-2.0
"""Draws the pictures of the documentation from a report: groups of bars, in SVG, without any library.

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
    "python": "FastAPI + Mangum + boto3",
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


def spaced(value, unit=""):
    return (f"{value:,.0f}" if value >= 100 else f"{value:.3g}") + (f" {unit}" if unit else "")


def bars(title, measured, top, unit):
    longest = max(value for _, value in measured)
    yield text(24, top, title, 14, INK, 'font-weight="600"')
    for row, (name, value) in enumerate(measured):
        y = top + 14 + row * ROW
        width = max(1.5, (WIDTH - LEFT - RIGHT) * value / longest)
        colour = OURS if name == "palabre" else OTHERS
        yield text(LEFT - 12, y + 14, NAMES[name], 13, INK, 'text-anchor="end"')
        yield f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" rx="3" fill="{colour}"/>'
        yield text(f"{LEFT + width + 8:.1f}", y + 14, spaced(value, unit), 13)


def card(groups, footnote):
    """The SVG of groups (title, unit, bars), or None when one of them has nothing to compare."""
    if any(len(measured) < 2 for _, _, measured in groups):
        return None
    top, parts = 40, []
    for title, unit, measured in groups:
        parts.extend(bars(title, measured, top, unit))
        top += 14 + len(measured) * ROW + 32
    parts.append(text(24, top - 8, footnote, 11, QUIET))
    label = "; ".join(
        f"{title}: " + ", ".join(f"{NAMES[name]} {spaced(value, unit)}" for name, value in measured)
        for title, unit, measured in groups)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 12}" width="{WIDTH}" role="img"'
        f' aria-label="{html.escape(label)}" font-family="system-ui, sans-serif">\n'
        f'<rect width="{WIDTH}" height="{top + 12}" rx="10" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def machine_and_rounds(report):
    machine = report["machine"]
    return (f"medians of {report['rounds']} interleaved rounds; {machine['processor']}, "
            f"{machine['cores']} shared cores, {machine['date']}")


def server_card(report):
    return card([
        ("Pages of 20 comments, per second of processor time", "",
         medians(report, "read_hot", ("palabre", "nginx", "fastapi", "isso"), per_processor_second)),
        ("Durable posts per second, on one core and one disk", "",
         medians(report, "write", ("palabre", "fastapi", "syncs"), per_second)),
    ], f"64 connections; {machine_and_rounds(report)}")


def lambda_card(report):
    def of(kind, key, divisor):
        return medians(report, f"functions_{kind}", ("palabre", "python"), lambda one: one[key] / divisor)

    return card([
        ("Cold: from exec to the answer of the first page of 20 comments", "ms", of("cold", "first_answer_us", 1e3)),
        ("Warm: processor time per page of 20 comments, asked for again", "ms",
         of("reads", "processor_us_per_event", 1e3)),
        ("The same of a page that has just changed", "ms", of("fetched", "processor_us_per_event", 1e3)),
        ("The most memory that was resident", "MB", of("reads", "memory_peak_kb", 1024)),
    ], f"one DynamoDB Local for both; {machine_and_rounds(report)}")


def draw_all(report):
    """The pictures that the report has the measurements for, by their file's name."""
    drawn = {"performance.svg": server_card(report), "performance-lambda.svg": lambda_card(report)}
    return {file: svg for file, svg in drawn.items() if svg}
