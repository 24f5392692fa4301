# SPDX-License-Identifier: Apache-2.0
"""Functions of AWS Lambda: ours beside FastAPI, Mangum and boto3, on one DynamoDB Local."""

import contextlib
import itertools
import statistics
import time

import cold_start
from dynamodb import DynamoDbLocal, TlsFront
from functions import PAGE, Bootstrap, OnlyAsks, PythonFunction, post_event, read_event
from parties import Absent

# A start takes milliseconds and meets a neighbour sooner or later: a round has several, and its
# number is their median.
STARTS = 5
# DynamoDB Local compiles what it is asked often, and a slow answer costs whoever waits for it.
WARMING_ROUNDS = 3
NUMBERS = ("first_next_us", "first_next_processor_us", "first_answer_us", "first_answer_processor_us",
           "memory_peak_kb")


def made_or_told(bench, make):
    try:
        return make()
    except Absent as why:
        bench.tell(f"left out, not installed: {why}")
        return None


def entered_or_told(bench, stack, make):
    made = made_or_told(bench, make)
    return stack.enter_context(made) if made else None


def middle(runs):
    """The medians of what several starts gave."""
    return {name: statistics.median(run[name] for run in runs) for name in NUMBERS if name in runs[0]}


def cold_read(function):
    """From nothing to the first page of comments, and gone again."""
    events = [read_event(function.section())]
    return middle([function.expect(200, events) for _ in range(STARTS)])


def bare_start(function):
    return middle([function.run() for _ in range(STARTS)])


def warm_reads(bench, function):
    events = [read_event(function.section())]
    warm_up = bench.sizes.events // 4
    return function.expect(200, events, count=bench.sizes.events + warm_up, warm_up=warm_up)


def fetched_reads(bench, function, numbers):
    """Of a section that has just changed, so that ours fetches its page each time."""
    section = f"{function.section()}/fresh/{next(numbers)}"
    count = bench.sizes.events // 4
    posts = [post_event(section, number) for number in range(PAGE)]
    seen = function.run(posts + count * [read_event(section)], warm_up=PAGE + count // 4)
    if not set(seen["statuses"]) <= {"200", "201"}:
        raise RuntimeError(f"{function.name} answered {seen['statuses']}")
    return seen


def warm_posts(bench, function, numbers):
    """Into a section of its own each time, so that no round finds a larger one than the last."""
    section = f"{function.section()}/{next(numbers)}"
    count = bench.sizes.events // 4
    warm_up = count // 4
    events = [post_event(section, number) for number in range(count + warm_up)]
    return function.expect(201, events, warm_up=warm_up)


def interleaved(bench, kind, measured):
    """Round by round, one after the other; kept under a name of its own."""
    seen = {name: [] for name in measured}
    for _ in range(bench.rounds):
        for name, measure in measured.items():
            seen[name].append(measure())
    bench.report.keep(f"{bench.group}_{kind}", seen)
    return seen


def over(above, below, key):
    return [a[key] / b[key] for a, b in zip(above, below)]


def starts(bench, ours):
    only_asks = made_or_told(bench, lambda: OnlyAsks(bench))
    if not ours or not only_asks:
        return {}
    seen = interleaved(bench, "start", {
        "palabre": lambda: bare_start(ours), "c": lambda: bare_start(only_asks)})
    return {
        "lambda_start_vs_c": over(seen["palabre"], seen["c"], "first_next_us"),
        "lambda_start_processor_vs_c": over(seen["palabre"], seen["c"], "first_next_processor_us"),
    }


def cold(bench, functions, kind):
    seen = interleaved(bench, kind, {
        name: lambda function=function: cold_read(function) for name, function in functions.items()})
    if len(seen) < 2:
        return {}
    return {
        f"lambda_{kind}_vs_python": over(seen["python"], seen["palabre"], "first_answer_us"),
        f"lambda_{kind}_processor_vs_python": over(
            seen["python"], seen["palabre"], "first_answer_processor_us"),
    }


def warm(bench, functions):
    numbers = itertools.count()
    reads = interleaved(bench, "reads", {
        name: lambda function=function: warm_reads(bench, function)
        for name, function in functions.items()})
    fetched = interleaved(bench, "fetched", {
        name: lambda function=function: fetched_reads(bench, function, numbers)
        for name, function in functions.items()})
    posts = interleaved(bench, "posts", {
        name: lambda function=function: warm_posts(bench, function, numbers)
        for name, function in functions.items()})
    if len(functions) < 2:
        return {}
    return {
        "lambda_warm_cpu_vs_python": over(reads["python"], reads["palabre"], "processor_us_per_event"),
        "lambda_fetched_cpu_vs_python": over(
            fetched["python"], fetched["palabre"], "processor_us_per_event"),
        "lambda_post_cpu_vs_python": over(posts["python"], posts["palabre"], "processor_us_per_event"),
        "lambda_warm_time_vs_python": over(reads["python"], reads["palabre"], "p50_us"),
        "lambda_rss_vs_python": over(reads["palabre"], reads["python"], "memory_peak_kb"),
    }


def zips(functions):
    sizes = {name: function.zip_bytes() / 1e6 for name, function in functions.items()}
    found = {f"lambda_zip_mb_{name}": [size] for name, size in sizes.items()}
    if len(sizes) == 2:
        found["lambda_zip_vs_python"] = [sizes["palabre"] / sizes["python"]]
    return found


def made_functions(bench, database):
    all_of_them = ((kind.name, made_or_told(bench, lambda kind=kind: kind(bench, database)))
                   for kind in (Bootstrap, PythonFunction))
    return {name: function for name, function in all_of_them if function}


def prepare(bench, parties):
    for function in parties:
        function.seed()
    time.sleep(bench.sizes.settle_seconds)
    for function in parties:
        for _ in range(WARMING_ROUNDS):
            warm_reads(bench, function)


def functions(bench):
    with contextlib.ExitStack() as stack:
        core = bench.load.core
        database = entered_or_told(bench, stack, lambda: DynamoDbLocal(bench.folder / "dynamodb", core))
        if not database:
            return {}
        parties = made_functions(bench, database)
        prepare(bench, parties.values())
        found = {**cold(bench, parties, "cold"), **warm(bench, parties), **zips(parties),
                 **starts(bench, parties.get("palabre"))}
        front = entered_or_told(bench, stack, lambda: TlsFront(bench.folder / "tls", core, database))
        if front:
            over_tls = made_functions(bench, front)
            found |= cold(bench, over_tls, "cold_tls")
            if "palabre" in over_tls:
                cold_start.tell(bench, parties["palabre"], over_tls["palabre"])
    return found
