# SPDX-License-Identifier: Apache-2.0
"""Every figure: the measurement it comes from, its unit, its target, and what it means."""

from typing import NamedTuple


class Figure(NamedTuple):
    group: str  # a function of figures.py
    unit: str
    target: str  # "", or a comparison and a number
    meaning: str

    def met(self, value):
        comparison, bound = self.target.split()
        return value >= float(bound) if comparison == ">=" else value <= float(bound)


FIGURES = {
    "read_hot_vs_nginx": Figure(
        "read_hot", "x", ">= 1.0",
        "requests a second for a page of 20 comments, over nginx with the same bytes as a file"),
    "read_hot_vs_fastapi": Figure("read_hot", "x", ">= 25", "the same, over FastAPI"),
    "read_hot_vs_isso": Figure("read_hot", "x", ">= 500", "the same, over Isso"),
    "read_hot_processor_vs_nginx": Figure(
        "read_hot", "x", "", "processor time per answer: nginx's over ours"),
    "read_hot_processor_vs_fastapi": Figure("read_hot", "x", "", "the same, FastAPI's over ours"),
    "read_hot_processor_vs_isso": Figure("read_hot", "x", "", "the same, Isso's over ours"),
    "read_hot_tls_vs_nginx": Figure(
        "read_hot_tls", "x", ">= 1.0", "the page over HTTPS, over nginx with the same certificate"),
    "read_hot_tls_processor_vs_nginx": Figure(
        "read_hot_tls", "x", "", "processor time per answer: nginx's over ours"),
    "read_cold_vs_fastapi": Figure(
        "read_cold", "x", ">= 5",
        "pages in random order from 100,000 comments, page cache off, over FastAPI"),
    "read_cold_processor_vs_fastapi": Figure(
        "read_cold", "x", "", "processor time per answer: FastAPI's over ours"),
    "write_vs_fastapi": Figure(
        "write", "x", ">= 5", "durable posts a second from 64 connections, over FastAPI"),
    "write_processor_vs_fastapi": Figure(
        "write", "x", "", "processor time per post: FastAPI's over ours"),
    "write_vs_fsync": Figure(
        "write", "x", ">= 2", "durable posts a second, over single fdatasync calls on that disk"),
    "scale_p99": Figure(
        "scale", "x", "<= 1.5", "p99 of random pages with 1,000,000 comments, over 10,000"),
    "scale_processor": Figure(
        "scale", "x", "", "processor time per page with 1,000,000 comments, over 10,000"),
    "walk_end_vs_start": Figure(
        "walk", "x", "<= 1.2",
        "time for a page at the end of a section of 100,000 comments, over the beginning"),
    "start_vs_true": Figure(
        "start", "x", "",
        "from exec to the first answer of /health on 100,000 comments, over running /bin/true"),
    "start_ms": Figure("start", "ms", "", "from exec to that answer"),
    "rss_idle_mb": Figure("memory", "MB", "<= 25", "resident memory after the start"),
    "rss_after_reads_mb": Figure(
        "memory", "MB", "<= 64", "resident memory after a million reads of 5,000 pages"),
    "own_after_reads_mb": Figure(
        "memory", "MB", "", "the part of it that is not the database file, mapped once per reader"),
    "flood_p99": Figure(
        "flood", "x", "<= 3",
        "p99 of an honest reader during 20,000 bad requests a second, over its calm p99"),
    "backup_rate": Figure(
        "backup", "/s", "", "comments a second that `palabre backup make` writes, of 1,000,000"),
    "backup_vs_sqlite": Figure(
        "backup", "x", "", "the same, over SQLite's own online backup"),
    "backup_vs_copy": Figure("backup", "x", "", "the same, over a plain copy of the file"),
    "restore_rate": Figure(
        "backup", "/s", "", "comments a second that `palabre restore` verifies and restores"),
    "restore_vs_sqlite": Figure("backup", "x", "", "the same, over SQLite's own online backup"),
    "restore_vs_copy": Figure("backup", "x", "", "the same, over a plain copy of the file"),
    "lambda_cold_vs_python": Figure(
        "functions", "x", ">= 50",
        "from exec to the answer of the first page of 20 comments: FastAPI + Mangum + boto3 over ours"),
    "lambda_cold_processor_vs_python": Figure("functions", "x", "", "processor time until then, likewise"),
    "lambda_cold_tls_vs_python": Figure(
        "functions", "x", "", "the same time with TLS before the database, as AWS has it"),
    "lambda_cold_tls_processor_vs_python": Figure(
        "functions", "x", "", "processor time until then, likewise"),
    "lambda_start_vs_c": Figure(
        "functions", "x", "<= 2", "from exec to the first /next, over a C program that does only that"),
    "lambda_start_processor_vs_c": Figure("functions", "x", "", "processor time until then, likewise"),
    "lambda_warm_cpu_vs_python": Figure(
        "functions", "x", ">= 20", "processor time per page of 20 comments: Python's over ours"),
    "lambda_fetched_cpu_vs_python": Figure(
        "functions", "x", "", "processor time per page just changed, which ours fetches each time, likewise"),
    "lambda_post_cpu_vs_python": Figure("functions", "x", "", "processor time per post, likewise"),
    "lambda_warm_time_vs_python": Figure(
        "functions", "x", "", "time from an event to its answer, a page of 20 comments, likewise"),
    "lambda_rss_vs_python": Figure(
        "functions", "x", "<= 0.15", "the most memory that was resident: ours over Python's"),
    "lambda_zip_mb_palabre": Figure("functions", "MB", "<= 4", "our zip file"),
    "lambda_zip_mb_python": Figure("functions", "MB", "", "Python's: all packages and the application"),
    "lambda_zip_vs_python": Figure("functions", "x", "", "ours over Python's"),
}
