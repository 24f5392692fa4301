# SPDX-License-Identifier: Apache-2.0
"""The part of ./deploy that asks AWS: python3 -m deploy STEP …, called by ./deploy alone."""

import argparse
import pathlib
import sys

try:
    import botocore.exceptions

    from deploy import (account, adopt, changes, cdk, cost, destroy, environment, look, rollback, say, search, secret,
                        site, stacks)
except ModuleNotFoundError as missing:
    sys.exit(f"deploy: this Python has no {missing.name}: install python3-boto3, or leave --no-install out")


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy")
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--environment", required=True)
    parser.add_argument("--description", type=pathlib.Path, required=True)
    parser.add_argument("--yes", action="store_true")
    parser.add_argument("--only-look", action="store_true", help="account: do not bootstrap")
    parser.add_argument("--give-up", action="append", default=[])
    parser.add_argument("--patience", type=float, default=look.PATIENCE_SECONDS)
    for name in ("--options", "--code", "--site-key", "--and-data", "--address"):
        parser.add_argument(name)
    return parser.parse_args(words)


def see_account(arguments) -> None:
    region = environment.read(arguments.description, "").region
    account.run(region, yes=arguments.yes, may_bootstrap=not arguments.only_look)


def plan(there: environment.Environment, arguments) -> list[search.Adoption]:
    """What was found again, of all that was shown."""
    words = cdk.context(arguments.environment, arguments.code, arguments.options)
    said = cdk.run(["diff", "--strict", *words], "cdk-diff")
    found = changes.read(said)
    changes.show(found, there.part_of)
    say.more("each line of it: build/log/cdk-diff.log")
    changes.guard(found, arguments.give_up)
    adoptions = search.look(there)
    adopt.show(adoptions)
    cost.show(there)
    return adoptions


def deploy(there: environment.Environment, arguments) -> None:
    adoptions = plan(there, arguments)
    say.ask(f"Deploy {there.name} to account {there.account}, {there.region}?", yes=arguments.yes)
    secret.put_once(there)
    adopt.take_in(there, adoptions)
    say.step("deploy", "CloudFormation makes it so; the first time takes a quarter of an hour, most of it CloudFront's")
    if there.options["release"] == "canary":
        say.more("A new version of the function gets a tenth of the requests for ten minutes, and then all.")
        rollback.warn(there)
    words = cdk.context(arguments.environment, arguments.code, arguments.options)
    cdk.run(["deploy", "--all", "--require-approval", "never", "--progress", "events", *words], "cdk-deploy",
            cdk.Progress(there.part_of).hear)
    publish(there, arguments)


def publish(there: environment.Environment, arguments) -> None:
    told, key = site.publish(there, arguments.site_key)
    address = arguments.address or told["Address"]
    look.run(address, key, key_wanted=there.options["posting"] == "own-key", patience=arguments.patience)
    print()
    say.step("the site", told["Address"])
    say.step("moderators", told["SignInPage"])
    name, region = there.names["dashboard"], there.region
    console = f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}"
    say.step("dashboard", f"{console}#dashboards/dashboard/{name}")
    for sentence in next_steps(there):
        say.step("next", sentence)


def next_steps(there: environment.Environment) -> list[str]:
    pool = there.names["userPool"]
    steps = [f"add moderators to the user pool {pool}, group moderators (docs/guide/moderation.md)"]
    if there.options.get("alarmEmail"):
        steps.append(f"{there.options['alarmEmail']} has mail from AWS, once: alarms come after its link was followed")
    return steps


# Without an account the steps cannot go on; `account` finds it out.
STEPS = {"account": None, "plan": plan, "deploy": deploy, "only-site": publish,
         "rollback": lambda there, arguments: rollback.run(there), "destroy": destroy.run}
# These come after the step `account`, which has shown it.
AFTER_ACCOUNT = ("plan", "deploy")


def main(words: list[str]) -> int:
    arguments = parse(words)
    try:
        if arguments.step == "account":
            see_account(arguments)
        else:
            region = environment.read(arguments.description, "").region
            me = account.who_am_i(region)
            if arguments.step not in AFTER_ACCOUNT:
                account.show(me, region)
            STEPS[arguments.step](environment.read(arguments.description, me["Account"]), arguments)
    except say.Stop as stop:
        print(f"deploy: {stop}", file=sys.stderr)
        return stop.status
    except botocore.exceptions.ClientError as error:
        print(f"deploy: AWS refuses: {error}", file=sys.stderr)
        return say.FAILED
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
