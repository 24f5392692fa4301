# SPDX-License-Identifier: Apache-2.0
"""In which order the resources of a template are made."""
from __future__ import annotations

import re
from typing import Any, Iterator

from .errors import Cycle, Unresolved

_NAMED_IN_SUB = re.compile(r"\$\{([^!}][^}]*)\}")


def creation_order(resources: dict[str, dict]) -> list[str]:
    """Every resource after all that it needs; as in the template where nothing else is said."""
    done: list[str] = []
    for logical in resources:
        _visit(logical, resources, done, [])
    return done


def _visit(logical: str, resources: dict[str, dict], done: list[str], path: list[str]) -> None:
    if logical in done:
        return
    if logical in path:
        raise Cycle(" needs ".join([*path[path.index(logical):], logical]))
    for needed in needs(logical, resources):
        _visit(needed, resources, done, [*path, logical])
    done.append(logical)


def needs(logical: str, resources: dict[str, dict]) -> list[str]:
    resource = resources[logical]
    depends_on = resource.get("DependsOn", [])
    found = [depends_on] if isinstance(depends_on, str) else list(depends_on)
    for missing in set(found) - set(resources):
        raise Unresolved(f"{logical} depends on {missing}, which does not exist")
    for part in ("Properties", "UpdatePolicy"):
        found += [each for each in _named(resource.get(part, {})) if each in resources]
    return list(dict.fromkeys(found))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _named(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "Ref" and isinstance(each, str):
                yield each
            elif key == "Fn::GetAtt":
                yield each.split(".")[0] if isinstance(each, str) else each[0]
            else:
                if key == "Fn::Sub":
                    text = each if isinstance(each, str) else each[0]
                    yield from (name.split(".")[0].strip() for name in _NAMED_IN_SUB.findall(text))
                yield from _named(each)
