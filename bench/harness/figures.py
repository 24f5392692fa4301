# SPDX-License-Identifier: Apache-2.0
"""The measurements. Each starts its parties, measures them in turn, and returns figures by rounds."""

import contextlib
import http.client
import json
import pathlib
import statistics
import subprocess
import time

import data
import machine
import parties
from backup_figures import backup  # noqa: F401, found by its name
from lambda_figures import functions  # noqa: F401, likewise
from parties import Absent, FastApi, Isso, Nginx, Palabre

PAGE = "/commentaires?sectionId=/articles/0"
BUSY_ENOUGH = 0.85
ISSO_SECONDS_MIN = 2  # one answer may take half a second, and more on a busy machine


def ratios(above, below, key="per_second"):
    return [a[key] / b[key] for a, b in zip(above, below)]


def tell_of_idleness(bench, seen):
    """A server that waits for the load, or for its turn on the core, does not show what it can do."""
    busy = statistics.median(
        one["per_second"] * one["processor_us_per_answer"] / 1e6 for one in seen["palabre"])
    if busy < BUSY_ENOUGH:
        bench.tell(f"{bench.group}: palabre was on its core {busy:.0%} of the time only, so its rate is "
                   "that of the load or of a busy machine; trust the processor times")


def beside_others(prefix, seen):
    """For every other party: our rate over its own, and its processor time per answer over ours."""
    found = {}
    for name in seen.keys() - {"palabre", "syncs"}:
        found[f"{prefix}_vs_{name}"] = ratios(seen["palabre"], seen[name])
        found[f"{prefix}_processor_vs_{name}"] = ratios(
            seen[name], seen["palabre"], "processor_us_per_answer")
    return found


def one_request(bench, name, target):
    path = bench.folder / f"{name}.requests"
    path.write_text(f"GET {target}\n")
    return path


def comments_in(body):
    page = json.loads(body)
    return len(page["comments"] if "comments" in page else page["replies"])


def check_page(party, target, wanted=20):
    """All parties must have the same work: a page of as many comments."""
    status, body = parties.request(party.port, "GET", target)
    if status != 200 or comments_in(body) != wanted:
        raise RuntimeError(f"{party.name}: {status}, not a page of {wanted} comments")
    return body


def start_or_tell(bench, stack, make):
    """The started party, or None when it is not installed: then a line says so."""
    try:
        return stack.enter_context(make())
    except Absent as why:
        bench.tell(f"left out, not installed: {why}")
        return None


def start_isso(bench, stack, folder):
    isso = start_or_tell(bench, stack, lambda: Isso(bench.folder / "isso", bench.server_core))
    if isso:
        for one in reversed(data.newest_first(folder, "/articles/0")):
            isso.post("/articles/0", one["author"], one["text"])
    return isso


def in_turn(bench, rounds, measured):
    """`measured` gives, for each name, a function that measures once; called round by round."""
    seen = {name: [] for name in measured}
    for _ in range(rounds):
        for name, measure in measured.items():
            seen[name].append(measure())
    bench.keep(seen)
    return seen


def read_hot(bench):
    folder = bench.data.comments(*bench.sizes.usual)
    size = dict(connections=bench.sizes.connections, seconds=bench.sizes.seconds, expect=200)
    page = one_request(bench, "page", PAGE)
    isso_page = one_request(bench, "isso", "/?uri=/articles/0")
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(bench.palabre("hot", folder))
        body = check_page(ours, PAGE)
        nginx = start_or_tell(bench, stack, lambda: bench.nginx("nginx", body, ours))
        fastapi = start_or_tell(bench, stack, lambda: bench.fastapi("fastapi", folder))
        isso = start_isso(bench, stack, folder)
        measured = {"palabre": lambda: bench.load.run(ours, page, **size)}
        if nginx:
            check_page(nginx, PAGE)
            measured["nginx"] = lambda: bench.load.run(nginx, page, **size)
        if fastapi:
            check_page(fastapi, PAGE)
            measured["fastapi"] = lambda: bench.load.run(fastapi, page, **size)
        if isso:
            check_page(isso, "/?uri=/articles/0")
            patient = {**size, "seconds": max(size["seconds"], ISSO_SECONDS_MIN)}
            measured["isso"] = lambda: bench.load.run(isso, isso_page, **patient)
        seen = in_turn(bench, bench.rounds, measured)
    tell_of_idleness(bench, seen)
    return beside_others("read_hot", seen)


def read_hot_tls(bench):
    folder = bench.data.comments(*bench.sizes.usual)
    size = dict(connections=bench.sizes.connections, seconds=bench.sizes.seconds, expect=200, tls=True)
    page = one_request(bench, "page", PAGE)
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(bench.palabre("tls", folder))
        body = check_page(ours, PAGE)
        nginx = start_or_tell(bench, stack, lambda: bench.nginx("nginx-tls", body, ours))
        if not nginx:
            return {}
        seen = in_turn(bench, bench.rounds, {
            "palabre": lambda: bench.load.run(ours, page, **size),
            "nginx": lambda: bench.load.run(nginx, page, **size),
        })
    tell_of_idleness(bench, seen)
    return beside_others("read_hot_tls", seen)


def read_cold(bench):
    folder = bench.data.comments(*bench.sizes.usual)
    pages = data.page_requests(bench.folder / "cold.requests", bench.sizes.usual[1])
    size = dict(connections=bench.sizes.connections, seconds=bench.sizes.seconds, expect=200, random=True)
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(bench.palabre("cold", folder, cache_mb=0))
        fastapi = start_or_tell(bench, stack, lambda: bench.fastapi("fastapi-cold", folder))
        measured = {"palabre": lambda: bench.load.run(ours, pages, **size)}
        if fastapi:
            measured["fastapi"] = lambda: bench.load.run(fastapi, pages, **size)
        seen = in_turn(bench, bench.rounds, measured)
    tell_of_idleness(bench, seen)
    return beside_others("read_cold", seen)


def write(bench):
    posts = data.post_requests(bench.folder / "posts.requests")
    size = dict(connections=bench.sizes.connections, seconds=bench.sizes.seconds, expect=201)
    sync_seconds = bench.sizes.seconds / 2
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(bench.palabre("write", bench.folder / "write-data"))
        database = bench.folder / "write.sqlite"
        fastapi = start_or_tell(
            bench, stack, lambda: FastApi(bench.folder / "fastapi-write", bench.server_core, database))
        measured = {
            "syncs": lambda: {"per_second": machine.syncs_per_second(bench.folder, sync_seconds)},
            "palabre": lambda: bench.load.run(ours, posts, **size),
        }
        if fastapi:
            measured["fastapi"] = lambda: bench.load.run(fastapi, posts, **size)
        seen = in_turn(bench, bench.rounds, measured)
    return {
        "write_vs_fsync": ratios(seen["palabre"], seen["syncs"]),
        **beside_others("write", seen),
    }


def read_once(path):
    """So that the kernel has the file in memory: what is measured is the search, not the disk."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 22):
            pass


def scale(bench):
    # A steady rate that a small share of one core serves: what is compared is how long one page
    # takes, not how long the queue before it is.
    size = dict(connections=16, rate=bench.sizes.rate, seconds=bench.sizes.seconds * 1.5,
                expect=200, random=True)
    measured = {}
    with contextlib.ExitStack() as stack:
        for name, (comments, sections) in (("small", bench.sizes.small), ("large", bench.sizes.large)):
            folder = bench.data.comments(comments, sections, lines=False)
            read_once(folder / data.DATABASE)
            ours = stack.enter_context(bench.palabre(name, folder, cache_mb=0))
            pages = data.page_requests(bench.folder / f"{name}.requests", sections)
            measured[name] = lambda ours=ours, pages=pages: bench.load.run(ours, pages, **size)
        seen = in_turn(bench, bench.rounds, measured)
    return {
        "scale_p99": ratios(seen["large"], seen["small"], "p99_us"),
        "scale_processor": ratios(seen["large"], seen["small"], "processor_us_per_answer"),
    }


def cursors_of(port, limit):
    """Walks section 0 from its newest comment to its oldest: the targets of all pages, in order."""
    walker = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    targets, ids, target = [], set(), f"{PAGE}&limit={limit}"
    while target:
        walker.request("GET", target)
        page = json.loads(walker.getresponse().read())
        targets.append(target)
        ids.update(one["id"] for one in page["comments"])
        cursor = page.get("nextCursor")
        target = f"{PAGE}&limit={limit}&cursor={cursor}" if cursor else None
    walker.close()
    return targets, len(ids)


def walk(bench):
    folder = bench.data.comments(bench.sizes.walk, 1, lines=False)
    with bench.palabre("walk", folder, cache_mb=0) as ours:
        targets, count = cursors_of(ours.port, limit=20)
        if count != bench.sizes.walk:
            raise RuntimeError(f"the walk met {count} comments of {bench.sizes.walk}")
        tenth = len(targets) // 10
        measured = {}
        # Without the first and the last page, which carry no cursor of one of the two kinds.
        for name, part in (("start", targets[1:tenth]), ("end", targets[-tenth:-1])):
            path = bench.folder / f"walk-{name}.requests"
            path.write_text("".join(f"GET {target}\n" for target in part))
            measured[name] = lambda path=path: bench.load.run(
                ours, path, connections=1, seconds=bench.sizes.seconds / 2, expect=200)
        seen = in_turn(bench, bench.rounds, measured)
    return {"walk_end_vs_start": ratios(seen["end"], seen["start"], "p50_us")}


def start(bench):
    folder = bench.data.comments(*bench.sizes.usual)

    def ours():
        party = bench.palabre("start", folder)
        begun = time.perf_counter()
        party.spawn()
        try:
            party.wait_until_ready(pause=0.0002)
            return {"ms": 1000 * (time.perf_counter() - begun)}
        finally:
            party.stop()

    def true():
        begun = time.perf_counter()
        subprocess.run(["/bin/true"], check=True, preexec_fn=machine.pin(bench.server_core))
        return {"ms": 1000 * (time.perf_counter() - begun)}

    seen = in_turn(bench, bench.rounds * 2, {"palabre": ours, "true": true})
    return {
        "start_vs_true": ratios(seen["palabre"], seen["true"], "ms"),
        "start_ms": [each["ms"] for each in seen["palabre"]],
    }


def memory(bench):
    """With the settings as they come on two cores: two event loops, 24 MB for pages."""
    folder = bench.data.comments(*bench.sizes.usual)
    pages = data.page_requests(bench.folder / "memory.requests", bench.sizes.usual[1])
    with bench.palabre("memory", folder, threads=2) as ours:
        idle = machine.memory_mb(ours.process.pid, "VmRSS")
        seen = bench.load.run(
            ours, pages, random=True, connections=bench.sizes.connections, warm_up=0, seconds=300,
            requests=bench.sizes.reads, expect=200)
        after = machine.memory_mb(ours.process.pid, "VmRSS")
        own = machine.memory_mb(ours.process.pid, "RssAnon")
    if seen["answers"] < bench.sizes.reads:
        bench.tell(f"memory: {seen['answers']} reads, not {bench.sizes.reads}, in the time there was")
    bench.keep({"reads": [seen]})
    return {"rss_idle_mb": [idle], "rss_after_reads_mb": [after], "own_after_reads_mb": [own]}


def flood(bench):
    folder = bench.data.comments(*bench.sizes.usual)
    pages = data.page_requests(bench.folder / "honest.requests", bench.sizes.usual[1])
    bad = data.bad_requests(bench.folder / "bad.requests")
    seconds = bench.sizes.seconds * 1.5
    honest = dict(connections=8, rate=bench.sizes.rate // 2, seconds=seconds, random=True, expect=200)
    # As an owner would have it: a client may do what the honest one does, and some more.
    with bench.palabre("flood", folder, requests_per_second=bench.sizes.rate) as ours:
        def calm():
            return bench.load.run(ours, pages, **honest)

        def flooded():
            # Both loads share a core: the honest reader goes first there, so that what is seen is
            # the server's delay and not the other load's.
            storm = bench.load.start(
                ours.port, bad, rate=bench.sizes.flood_rate, connections=bench.sizes.connections,
                seconds=seconds + 1, nice=10, **{"from": "127.0.0.2"})
            time.sleep(0.5)
            seen = bench.load.run(ours, pages, **honest)
            seen["bad_requests"] = bench.load.finish(storm)
            return seen

        calm()  # fills the cache
        seen = in_turn(bench, bench.rounds, {"calm": calm, "flooded": flooded})
    reached = statistics.median(each["bad_requests"]["per_second"] for each in seen["flooded"])
    if reached < 0.9 * bench.sizes.flood_rate:
        bench.tell(f"flood: only {reached:.0f} bad requests a second were answered")
    return {"flood_p99": ratios(seen["flooded"], seen["calm"], "p99_us")}
