# SPDX-License-Identifier: Apache-2.0
"""API keys and usage plans: who may ask, how fast and how often."""
from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from localaws.templates.stack import Resource, Stack

from .refusals import Refusal


@dataclass(frozen=True)
class ApiKey:
    id: str
    value: str
    enabled: bool
    plans: frozenset[str]


def keys_of(client: Any) -> list[ApiKey]:
    """All keys of the account, by a boto3 client of API Gateway: those of the stack, and those added since."""
    plans: dict[str, set[str]] = {}
    for plan in client.get_usage_plans()["items"]:
        for key in client.get_usage_plan_keys(usagePlanId=plan["id"])["items"]:
            plans.setdefault(key["id"], set()).add(plan["id"])
    found = client.get_api_keys(includeValues=True)["items"]
    return [ApiKey(each["id"], each["value"], each.get("enabled", True), frozenset(plans.get(each["id"], ())))
            for each in found]


class Bucket:
    """A token for each request, `rate` new ones a second, never more than `burst`."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._tokens, self._since = burst, clock()

    def take(self) -> bool:
        now = self._clock()
        # A test's clock may also go back.
        self._tokens = min(self._burst, self._tokens + max(now - self._since, 0) * self._rate)
        self._since = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class UsagePlans:
    def __init__(
        self, stack: Stack, api: str, stage: str, keys: Callable[[], Iterable[ApiKey]], clock: Callable[[], float],
    ) -> None:
        self._plans = {
            each.ref: each for each in stack.of_type("AWS::ApiGateway::UsagePlan")
            if any(of["ApiId"] == api and of["Stage"] == stage for of in each.properties.get("ApiStages", []))
        }
        self._keys, self._clock = keys, clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._used: dict[tuple[str, str, str], int] = {}

    def admit(self, value: str | None) -> ApiKey:
        """Counts the request. Raises a Refusal."""
        key = next((each for each in self._keys() if value is not None and each.value == value and each.enabled), None)
        plan = next((self._plans[each] for each in sorted(key.plans) if each in self._plans), None) if key else None
        if key is None or plan is None:
            raise Refusal("INVALID_API_KEY", "Forbidden")
        with self._lock:
            self._judge(plan, key)
        return key

    def _judge(self, plan: Resource, key: ApiKey) -> None:
        quota, throttle = plan.properties.get("Quota"), plan.properties.get("Throttle")
        if throttle and not self._bucket(plan, key, throttle).take():
            raise Refusal("THROTTLED", "Too Many Requests")
        if quota:
            counted = (plan.ref, key.id, _period(quota["Period"], self._clock()))
            if self._used.get(counted, 0) >= int(quota["Limit"]):
                raise Refusal("QUOTA_EXCEEDED", "Limit Exceeded")
            self._used[counted] = self._used.get(counted, 0) + 1

    def _bucket(self, plan: Resource, key: ApiKey, throttle: dict[str, Any]) -> Bucket:
        name = (plan.ref, key.id)
        if name not in self._buckets:
            self._buckets[name] = Bucket(float(throttle["RateLimit"]), float(throttle["BurstLimit"]), self._clock)
        return self._buckets[name]


class StageThrottle:
    """Of the stage's MethodSettings: each method has a bucket of its own."""

    def __init__(self, stage: Resource, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, Bucket] = {}
        settings = stage.properties.get("MethodSettings", [])
        others = [each for each in settings if (each["ResourcePath"], each["HttpMethod"]) != ("/*", "*")]
        if others:
            raise NotImplementedError(f"settings of single methods: {others}")
        self._all = settings[0] if settings else {}

    def admit(self, method: str) -> None:
        if "ThrottlingRateLimit" not in self._all:
            return
        rate, burst = float(self._all["ThrottlingRateLimit"]), float(self._all["ThrottlingBurstLimit"])
        with self._lock:
            bucket = self._buckets.setdefault(method, Bucket(rate, burst, self._clock))
            if not bucket.take():
                raise Refusal("THROTTLED", "Too Many Requests")


def _period(kind: str, now: float) -> str:
    """Quotas begin anew at midnight, UTC."""
    forms = {"DAY": "%Y-%m-%d", "MONTH": "%Y-%m"}
    if kind not in forms:
        raise NotImplementedError(f"a quota for each {kind}")
    return time.strftime(forms[kind], time.gmtime(now))
