# SPDX-License-Identifier: Apache-2.0
"""$context in access logs, headers and templates. What else the template language knows is refused, not guessed."""
from __future__ import annotations

import json
import re
from typing import Any

CONTEXT = re.compile(r"\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)")
ESCAPED = re.compile(r"\$util\.escapeJavaScript\(\s*\$context\.([A-Za-z.]+)\s*\)")
UNKNOWN = re.compile(r"\$[A-Za-z!{]|#(?:set|if|else|end|foreach|macro|parse|include|#|\*|\[)")

Context = dict[str, Any]


def look_up(context: Context, path: str) -> str | None:
    found: Any = context
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return None if found is None else str(found)


def log_line(form: str, context: Context) -> str:
    """What is not known of a request is a hyphen."""
    return CONTEXT.sub(lambda name: _or(look_up(context, name[1]), "-"), form)


def fill(template: str, context: Context) -> str:
    """What is not known is empty."""
    rest = CONTEXT.sub("", ESCAPED.sub("", template))
    if unknown := UNKNOWN.search(rest):
        raise NotImplementedError(f"{unknown[0]!r} in a template of the gateway")
    escaped = ESCAPED.sub(lambda name: _escape(_or(look_up(context, name[1]), "")), template)
    return CONTEXT.sub(lambda name: _or(look_up(context, name[1]), ""), escaped)


def mapped(expression: str, context: Context) -> str | None:
    """The right side of a header's mapping: 'a text' or context.something."""
    if len(expression) > 1 and expression.startswith("'") and expression.endswith("'"):
        return expression[1:-1]
    if expression.startswith("context."):
        return look_up(context, expression.removeprefix("context."))
    raise NotImplementedError(f"the mapping {expression!r} of the gateway")


def _or(text: str | None, other: str) -> str:
    return other if text is None else text


def _escape(text: str) -> str:
    return json.dumps(text)[1:-1].replace("'", "\\'").replace("/", "\\/")
