# SPDX-License-Identifier: Apache-2.0
"""What a month would cost, by infra/cost, at three loads."""

import json
import subprocess

from . import say
from .environment import ROOT, Environment

WAF = {"cloudfront": "edge", "stage": "stage", "none": "none"}   # as infra/cost calls them
PRICE_CLASSES = {"100": "PriceClass_100", "200": "PriceClass_200", "all": "PriceClass_All"}
# The regions whose prices infra/cost has; for another one they are a guide.
PRICED = ("eu-west-3", "us-east-1")


def options_for(chosen: dict) -> dict:
    """The options of infra/lib/options.ts in the words of infra/cost/options.mjs."""
    return {
        "region": chosen["region"] if chosen["region"] in PRICED else PRICED[0],
        "domain": "domain" in chosen,
        "waf": WAF[chosen["waf"]],
        "priceClass": PRICE_CLASSES[chosen["priceClass"]],
        "healthCheck": chosen["probe"],
    }


def table(estimate: dict) -> list[str]:
    """A line for each load."""
    lines = [f"{'page views a day':>18}  {'US$ a month':>11}"]
    for bill in estimate["bills"]:
        lines.append(f"{bill['views']:>18,}  {bill['total']['paid']:>11,.2f}")
    return lines


def show(environment: Environment) -> None:
    file = environment.folder / "cost-options.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(options_for(environment.options)), encoding="utf-8")
    told = subprocess.run(
        ["node", ROOT / "infra/cost/estimate.mjs", "--json", "--options", file],
        check=True, capture_output=True, text=True, encoding="utf-8")
    estimate = json.loads(told.stdout)
    for number, line in enumerate(table(estimate)):
        say.step("" if number else "cost", line)
    if environment.region not in PRICED:
        say.more(f"with the prices of {PRICED[0]}: those of {environment.region} are not known here")
    say.more(f"Prices read on {estimate['pricesReadOn']}; what is counted, and what not: docs/guide/costs.md")
