# SPDX-License-Identifier: Apache-2.0
"""What a change set says: one template compared with another, without knowing what the types mean."""

# Whether a changed property makes CloudFormation replace a resource stands in the schema of its type,
# which is not read here: "perhaps", in both vocabularies.
REPLACEMENT, RECREATION = "Conditional", "Conditionally"
PROPERTIES = "Properties"


def changes_between(old: dict, new: dict) -> list[dict]:
    before, after = old.get("Resources", {}), new.get("Resources", {})
    found = [_added(name, after[name]) for name in after if name not in before]
    found += [_removed(name, before[name]) for name in before if name not in after]
    found += [
        _modified(name, before[name], after[name]) for name in after if name in before and before[name] != after[name]
    ]
    return [{"Type": "Resource", "ResourceChange": each} for each in found]


def differs(old: dict, new: dict, old_parameters: dict, new_parameters: dict) -> bool:
    """Outputs and parameters are changes that a list of resources does not show."""
    return old != new or old_parameters != new_parameters


def _added(name: str, resource: dict) -> dict:
    return {"Action": "Add", "LogicalResourceId": name, "ResourceType": resource["Type"], "Scope": [], "Details": []}


def _removed(name: str, resource: dict) -> dict:
    policy = {"PolicyAction": "Retain" if resource.get("DeletionPolicy", "").startswith("Retain") else "Delete"}
    of = {"Action": "Remove", "LogicalResourceId": name, "ResourceType": resource["Type"]}
    return of | policy | {"Scope": [], "Details": []}


def _modified(name: str, before: dict, after: dict) -> dict:
    old, new = before.get(PROPERTIES, {}), after.get(PROPERTIES, {})
    changed = [each for each in sorted(set(old) | set(new)) if old.get(each) != new.get(each)]
    other = [
        each
        for each in ("Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy")
        if before.get(each) != after.get(each)
    ]
    details = [_detail(PROPERTIES, each, RECREATION) for each in changed] + [
        _detail(each, None, "Never") for each in other
    ]
    return {
        "Action": "Modify",
        "LogicalResourceId": name,
        "ResourceType": after["Type"],
        "Replacement": REPLACEMENT if changed else "False",
        "Scope": ([PROPERTIES] if changed else []) + other,
        "Details": details,
    }


def _detail(attribute: str, name: str | None, recreation: str) -> dict:
    target = {"Attribute": attribute, "Name": name, "RequiresRecreation": recreation}
    return {"Target": target, "Evaluation": "Static", "ChangeSource": "DirectModification"}
