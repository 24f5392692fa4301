# SPDX-License-Identifier: Apache-2.0
"""Lambda functions as parties: what starts them, the events they are handed, their zip files."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import data
import machine
from parties import BENCH, Absent

LAMBDA = BENCH / "lambda"
BUILD = BENCH.parent / "build"
TABLE = "CommentairesAlternance"
PAGE = 20  # comments, as everywhere in this bench
ZIP_LEVEL = 9
RUN_SECONDS_MAX = 300

# What Palabre is measured with, as parties/palabre.toml for the server: the other party knows neither
# keys nor limits nor moderation. It writes its line of log for each event all the same.
SETTINGS = {
    "PALABRE_EDIT_SECRET": 32 * "s", "PALABRE_POSTING_KEY_REQUIRED": "false",
    "PALABRE_MODERATION_LINKS_MAX": "-1", "PALABRE_MODERATION_HOLD_DUPLICATES": "false",
    "PALABRE_MODERATION_MIN_SECONDS": "0", "PALABRE_MODERATION_TRAP": "false",
    "PALABRE_LIMITS_POSTS_PER_MINUTE": "0", "PALABRE_LIMITS_SECTION_POSTS_PER_MINUTE": "0",
}


def event(method, path, query=None, body=None):
    """A request as a REST API of API Gateway hands it on (payload format 1.0), on one line."""
    headers = {
        "Accept": "application/json", "CloudFront-Viewer-Country": "FR",
        "Host": "abcdef1234.execute-api.eu-west-3.amazonaws.com",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
        "X-Amzn-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
        "X-Forwarded-For": "192.0.2.17", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https",
    }
    if body is not None:
        headers["Content-Type"] = "application/json"
    return json.dumps({
        "resource": path, "path": path, "httpMethod": method, "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": query and {name: [value] for name, value in query.items()},
        "pathParameters": None, "stageVariables": None,
        "requestContext": {
            "accountId": "123456789012", "apiId": "abcdef1234", "stage": "prod", "protocol": "HTTP/1.1",
            "resourceId": "0r1g1n", "resourcePath": path, "httpMethod": method, "path": "/prod" + path,
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "requestTimeEpoch": 1428582896000,
            "domainName": "abcdef1234.execute-api.eu-west-3.amazonaws.com", "authorizer": None,
            "identity": {"sourceIp": "192.0.2.17", "userAgent": "Mozilla/5.0", "accessKey": None},
        },
        "body": body, "isBase64Encoded": False,
    }, ensure_ascii=False)


def read_event(section):
    return event("GET", "/commentaires", {"sectionId": section})


def post_event(section, number):
    # No two alike: a text that was there before is a reason to look at it twice.
    body = {"sectionId": section, "author": f"Lecteur {number}", "text": f"{number}. {data.TEXT}"}
    return event("POST", "/commentaires", None, json.dumps(body, ensure_ascii=False))


class Function:
    """A function that is not running: each run starts it anew, under a Runtime API of its own."""

    name = ""
    folder = None  # where it is started, as /var/task on Lambda
    kept_variables = ("PATH",)

    def __init__(self, bench, database):
        self.bench = bench
        self.runner = bench.programs / "palabre_bench_lambda"
        self.variables = {
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",  # of AWS's documentation
            "AWS_SESSION_TOKEN": "example", "AWS_REGION": "eu-west-3", "AWS_DEFAULT_REGION": "eu-west-3",
            "AWS_LAMBDA_FUNCTION_NAME": "commentaires", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": "commentaires", "AWS_LAMBDA_LOG_STREAM_NAME": "bench",
            "LANG": "en_US.UTF-8", "TZ": ":UTC",
            **{name: os.environ[name] for name in self.kept_variables if name in os.environ},
        }
        if database:
            self.variables |= database.variables()

    def command(self):
        raise NotImplementedError

    def zip_bytes(self):
        raise NotImplementedError

    def run(self, events=(), count=None, warm_up=0, probes=(), keep=None):
        """Hands it events, by default each once; what palabre_bench_lambda saw."""
        count = len(events) if count is None else count
        line = [self.runner, "--count", str(count), "--warm-up", str(warm_up),
                "--core", str(self.bench.server_core)]
        if events:
            file = self.bench.folder / f"{self.name}.events"
            file.write_text("".join(each + "\n" for each in events), encoding="utf-8")
            line += ["--events", file]
        for probe in probes:
            line += ["--probe", probe]
        if keep:
            line += ["--keep", keep]
        log = self.bench.folder / f"{self.name}.log"
        with open(log, "wb") as errors:
            ran = subprocess.run(
                [*line, "--", *self.command()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=errors, env=self.variables, cwd=self.folder, timeout=RUN_SECONDS_MAX,
                preexec_fn=machine.pin(self.bench.load.core))
        if ran.returncode != 0:
            raise RuntimeError(f"{self.name}:\n" + log.read_text(errors="replace")[-2000:])
        return json.loads(ran.stdout)

    def expect(self, status, *args, **options):
        seen = self.run(*args, **options)
        if set(seen["statuses"]) != {str(status)}:
            raise RuntimeError(f"{self.name} answered {seen['statuses']}, not {status}")
        return seen

    def section(self):
        return f"/articles/{self.name}"

    def seed(self):
        """Posts a page of comments into its section, then sees that they come back."""
        self.expect(201, [post_event(self.section(), number) for number in range(PAGE)])
        answer = self.bench.folder / f"{self.name}.answer"
        self.expect(200, [read_event(self.section())], keep=answer)
        page = json.loads(json.loads(answer.read_text(encoding="utf-8"))["body"])
        if len(page["comments"]) != PAGE or page["total"] != PAGE:
            raise RuntimeError(f"{self.name}: not a page of {PAGE} comments")


class Bootstrap(Function):
    name = "palabre"

    def __init__(self, bench, database):
        super().__init__(bench, database)
        self.program = BUILD / "lambda" / "bin" / "bootstrap"
        if not self.program.exists():
            raise Absent("bootstrap (cmake --preset lambda && cmake --build --preset lambda)")
        self.folder = self.program.parent
        self.variables |= {"_HANDLER": "api", "LAMBDA_TASK_ROOT": str(self.folder), **SETTINGS}

    def command(self):
        return [self.program]

    def zip_bytes(self):
        """What ./package lambda makes."""
        archive = self.bench.folder / "palabre.zip"
        subprocess.run([BENCH.parent / "tools" / "lambda-zip", self.program, archive], check=True,
                       stdout=subprocess.DEVNULL)
        return archive.stat().st_size


class PythonFunction(Function):
    """FastAPI and Mangum on AWS's own runtime client, from a folder as it would be uploaded."""

    name = "python"
    folder = BUILD / "bench" / "lambda" / "python"

    def __init__(self, bench, database):
        super().__init__(bench, database)
        if not (self.folder / "awslambdaric").exists():
            raise Absent("awslambdaric (./bench/run installs it, without --no-install)")
        shutil.copy(LAMBDA / "python" / "app.py", self.folder)
        self.variables |= {"_HANDLER": "app.handler", "LAMBDA_TASK_ROOT": str(self.folder),
                           "PYTHONPATH": str(self.folder), "COMMENTS_TABLE": TABLE}

    def command(self):
        return [sys.executable, "-m", "awslambdaric", "app.handler"]

    def zip_bytes(self):
        files = [(path, path.relative_to(self.folder)) for path in sorted(self.folder.rglob("*"))
                 if path.is_file()]
        archive = self.bench.folder / "python.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=ZIP_LEVEL) as made:
            for path, name in files:
                made.write(path, name)
        return archive.stat().st_size


class OnlyAsks(Function):
    """A C program that does the first /next and nothing else: no start can be quicker by much."""

    name = "c"

    def __init__(self, bench):
        super().__init__(bench, None)
        self.program = bench.programs / "palabre_bench_start_baseline"
        self.folder = self.program.parent

    def command(self):
        return [self.program]
