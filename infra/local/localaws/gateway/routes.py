# SPDX-License-Identifier: Apache-2.0
"""The tree of resources, and which method of which resource a request means."""
from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from localaws.templates.stack import Resource, Stack

METHOD, RESOURCE = "AWS::ApiGateway::Method", "AWS::ApiGateway::Resource"


@dataclass
class Node:
    id: str
    path: str  # "/commentaires/{id}"
    methods: dict[str, Resource] = field(default_factory=dict)
    children: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    node: Node
    method: Resource
    parameters: dict[str, str]


class Routes:
    def __init__(self, stack: Stack, root: str) -> None:
        self._root = Node(root, "/")
        nodes = {root: self._root}
        waiting = stack.of_type(RESOURCE)
        while waiting:
            ready = [each for each in waiting if each.properties["ParentId"] in nodes]
            if not ready:
                raise LookupError(f"resources without a parent: {', '.join(each.logical for each in waiting)}")
            for each in ready:
                parent, part = nodes[each.properties["ParentId"]], each.properties["PathPart"]
                nodes[each.ref] = parent.children[part] = Node(each.ref, f"{parent.path.rstrip('/')}/{part}")
            waiting = [each for each in waiting if each not in ready]
        for each in stack.of_type(METHOD):
            nodes[each.properties["ResourceId"]].methods[each.properties["HttpMethod"]] = each

    def match(self, method: str, path: str) -> Match | None:
        """`path` without the stage. A resource of the very name goes before a parameter, and that before {proxy+}."""
        parts = [unquote(part) for part in path.strip("/").split("/")] if path.strip("/") else []
        found = _find(self._root, parts)
        if found is None:
            return None
        node, parameters = found
        known = node.methods.get(method) or node.methods.get("ANY")
        return known and Match(node, known, parameters)


def _find(node: Node, parts: list[str]) -> tuple[Node, dict[str, str]] | None:
    if not parts:
        return (node, {}) if node.methods else None
    first, rest = parts[0], parts[1:]
    if first in node.children and (found := _find(node.children[first], rest)):
        return found
    for part, child in node.children.items():
        if _is_parameter(part) and first and (found := _find(child, rest)):
            return found[0], {part[1:-1]: first, **found[1]}
    for part, child in node.children.items():
        if part.endswith("+}") and child.methods:
            return child, {part[1:-2]: "/".join(parts)}
    return None


def _is_parameter(part: str) -> bool:
    return part.startswith("{") and not part.endswith("+}")
